package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.streams.WriteStream;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tocsin.audience.ConsentLog;
import tocsin.audience.ConsentRecordJson;
import tocsin.audience.DeliveryId;
import tocsin.audience.Subscriber;
import tocsin.audience.SubscriberJson;

/** Everything that is kept about one subscriber, as one JSON document written page by page. */
public final class PersonalData {
  private static final int PAGE = 200;

  private static final String OPT_INS =
      """
      select coalesce(jsonb_agg(jsonb_strip_nulls(to_jsonb(o) - '{secret, signing_key, told_key,
          code_of, tries, network, address_key}'::text[]) order by o.id), '[]') as found
      from opt_in o join subscriber s on s.id = $1
      where o.channel = s.channel and o.address_key = s.address_key
      """;

  private static final String NOTICES =
      """
      select coalesce(jsonb_agg(jsonb_strip_nulls(to_jsonb(n) - 'subject'::text) order by n.id), '[]')
        as found
      from notice n join subscriber s on s.id = $1
      where n.channel = s.channel and lower(n.address) in (lower(s.address), s.address_key)
        or n.kind in ('known', 'leave') and n.subject = $1
      """;

  private static final String BOUNCES =
      """
      select coalesce(jsonb_agg(to_jsonb(b) - '{subscriber, severity}'::text[] order by b.at), '[]')
        as found
      from bounce b where b.subscriber = $1
      """;

  private static final String COMPLAINTS =
      """
      select coalesce(jsonb_agg(to_jsonb(c) - 'subscriber'::text order by c.at), '[]') as found
      from complaint c where c.subscriber = $1
      """;

  private static final String REPLIES =
      """
      select coalesce(jsonb_agg(to_jsonb(r) - 'subscriber'::text order by r.at), '[]') as found
      from sms_reply r where r.subscriber = $1
      """;

  private final Pool pool;
  private final ConsentLog consents;
  private final Deliveries deliveries;

  public PersonalData(Pool pool, Deliveries deliveries) {
    this.pool = pool;
    this.consents = new ConsentLog(pool);
    this.deliveries = deliveries;
  }

  /** Does not end the stream. Secrets of endpoints are not part of it. */
  public Future<Void> write(Subscriber subscriber, WriteStream<Buffer> out) {
    int id = subscriber.id();
    return out.write(Buffer.buffer("{\"subscriber\":" + SubscriberJson.print(subscriber).encode()))
        .compose(done -> list(out, "optIns", OPT_INS, id))
        .compose(done -> list(out, "notices", NOTICES, id))
        .compose(done -> list(out, "bounces", BOUNCES, id))
        .compose(done -> list(out, "complaints", COMPLAINTS, id))
        .compose(done -> list(out, "replies", REPLIES, id))
        .compose(done -> out.write(Buffer.buffer(",\"consents\":[")))
        .compose(done -> consents(id, out, 0))
        .compose(done -> out.write(Buffer.buffer("],\"deliveries\":[")))
        .compose(done -> deliveries(id, out, null))
        .compose(done -> out.write(Buffer.buffer("]}\n")));
  }

  private Future<Void> list(WriteStream<Buffer> out, String name, String sql, int subscriber) {
    return pool.preparedQuery(sql)
        .execute(Tuple.of(subscriber))
        .compose(rows -> {
          JsonArray found = rows.iterator().next().getJsonArray("found");
          return out.write(Buffer.buffer(",\"" + name + "\":" + found.encode()));
        });
  }

  private Future<Void> consents(int subscriber, WriteStream<Buffer> out, long after) {
    return consents
        .of(subscriber, after, PAGE)
        .compose(page ->
            out.write(entries(page, after == 0, ConsentRecordJson::print))
                .compose(done ->
                    page.size() < PAGE
                        ? Future.succeededFuture()
                        : consents(subscriber, out, page.getLast().id())));
  }

  private Future<Void> deliveries(
      int subscriber, WriteStream<Buffer> out, @Nullable DeliveryId after) {
    return deliveries
        .ofSubscriber(subscriber, PAGE, after)
        .compose(page ->
            out.write(entries(page, after == null, DeliveryJson::print))
                .compose(done ->
                    page.size() < PAGE
                        ? Future.succeededFuture()
                        : deliveries(subscriber, out, page.getLast().id())));
  }

  private static <T> Buffer entries(List<T> page, boolean first, Function<T, JsonObject> print) {
    Buffer text = Buffer.buffer();
    String separator = first ? "" : ",";
    for (T entry : page) {
      text.appendString(separator).appendBuffer(print.apply(entry).toBuffer());
      separator = ",";
    }
    return text;
  }
}
