package tocsin.audience;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Reads subscribers as they are at the moment of sending. */
public final class Recipients {
  private final Pool pool;

  public Recipients(Pool pool) {
    this.pool = pool;
  }

  /** In order of their ids, also who has left; an id that never was is missing in the answer. */
  public Future<List<Recipient>> load(int[] ids) {
    return pool.preparedQuery(
            """
            select id, channel, address, locale, time_zone, standing, dialect, updates, shared, link_version,
              array_remove(array[
                case when signature <> 'v1a' then secret end,
                case when signature <> 'v1' then signing_key end]
                || case when old_keys is not null then array(
                  select key from jsonb_array_elements(old_keys) with ordinality o (old, place),
                    lateral (values
                      (1, case when signature <> 'v1a' then old ->> 'secret' end),
                      (2, case when signature <> 'v1' then old ->> 'signingKey' end))
                      as k (part, key)
                   where (old ->> 'until')::numeric > extract(epoch from now())
                   order by place, part) end,
              null) as keys
            from subscriber where id = any($1) order by id
            """)
        .execute(Tuple.of(IntStream.of(ids).boxed().toArray(Integer[]::new)))
        .map(rows -> {
          var recipients = new ArrayList<Recipient>(rows.size());
          for (Row row : rows) {
            recipients.add(recipient(row));
          }
          return recipients;
        });
  }

  private static Recipient recipient(Row row) {
    Channel channel = Channel.of(row.getString("channel")).orElseThrow();
    String address = row.getString("address");
    return new Recipient(
        row.getInteger("id"),
        channel,
        channel == Channel.EMAIL ? EmailAddress.wire(address) : address,
        row.getString("locale"),
        ZoneId.of(row.getString("time_zone")),
        Standing.of(row.getString("standing")).orElseThrow(),
        List.of(row.getArrayOfStrings("keys")),
        Dialect.of(row.getString("dialect")).orElseThrow(),
        UpdateChoice.of(row.getString("updates")).orElseThrow(),
        Mailbox.of(row.getBoolean("shared")),
        row.getShort("link_version"));
  }
}
