package tocsin.audience;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Problem;

/** The suppression list as the operator sees and changes it. */
public final class SuppressionList {
  private static final int PAGE = 1_000;
  private static final Set<Standing> MESSAGED = EnumSet.of(Standing.ACTIVE);
  private static final Set<Standing> PRESENT =
      EnumSet.of(Standing.ACTIVE, Standing.QUARANTINED, Standing.DISABLED, Standing.OPTED_OUT);

  private final Pool pool;
  private final Suppressions suppressions;

  public SuppressionList(Pool pool, Suppressions suppressions) {
    this.pool = pool;
    this.suppressions = suppressions;
  }

  /**
   * In the order in which they were put there; also by an address that was erased.
   *
   * @param addresses only these; null: all
   * @param after id to go on behind; 0: from the first
   */
  public Future<List<Suppression>> list(
      @Nullable Channel channel,
      @Nullable SuppressionReason reason,
      @Nullable List<Address> addresses,
      long after,
      int limit) {
    return pool.preparedQuery(
            """
            select id, channel, address_key, reason, source, at from suppression
            where id > $1
              and ($3::text is null or channel = $3)
              and ($4::text is null or reason = $4)
              and ($5::bytea[] is null or hash = any ($5))
            order by id limit $2
            """)
        .execute(
            Tuple.of(
                after,
                limit,
                channel == null ? null : channel.word(),
                reason == null ? null : reason.word(),
                addresses == null ? null : suppressions.hashes(addresses)))
        .map(rows -> {
          List<Suppression> found = new ArrayList<>(rows.size());
          rows.forEach(row -> found.add(Suppressions.entry(row)));
          return found;
        });
  }

  /** From now on; a subscriber with the address gets nothing more. */
  public Future<Suppression> put(SuppressedAddress entry, String source) {
    return pool.withTransaction(transaction ->
            put(transaction, entry, source)
                .compose(done -> suppressions.find(transaction, entry.address()))
                .map(found -> found.orElseThrow()))
        .map(Objects::requireNonNull);
  }

  /** All of them, or none. */
  Future<Void> putAll(List<SuppressedAddress> entries, String source) {
    return pool.withTransaction(
            transaction -> {
              Future<Void> done = Future.succeededFuture();
              for (SuppressedAddress entry : entries) {
                done = done.compose(before -> put(transaction, entry, source));
              }
              return done;
            })
        .mapEmpty();
  }

  /** Fails with NOT_FOUND. */
  public Future<Void> remove(long id) {
    return pool.preparedQuery("delete from suppression where id = $1")
        .execute(Tuple.of(id))
        .compose(rows ->
            rows.rowCount() == 1
                ? Future.succeededFuture()
                : Future.failedFuture(
                    Problem.notFound("there is no suppression " + id).exception()));
  }

  /** The entries whose address is known, as JSON lines that can be imported again. */
  public Future<Long> export(WriteStream<Buffer> lines) {
    return export(lines, 0, 0);
  }

  private Future<Long> export(WriteStream<Buffer> lines, long after, long count) {
    return list(null, null, null, after, PAGE)
        .compose(page -> {
          Buffer text = Buffer.buffer();
          page.stream()
              .filter(entry -> entry.address() != null)
              .forEach(entry ->
                  text.appendBuffer(SuppressionJson.line(entry).toBuffer()).appendString("\n"));
          long written = count + page.stream().filter(it -> it.address() != null).count();
          Future<Void> sent = text.length() == 0 ? Future.succeededFuture() : lines.write(text);
          return sent.compose(done ->
              page.size() < PAGE
                  ? Future.succeededFuture(written)
                  : export(lines, page.getLast().id(), written));
        });
  }

  private Future<Void> put(SqlConnection transaction, SuppressedAddress entry, String source) {
    Address address = entry.address();
    Standing standing = entry.reason().standing();
    var change =
        new StandingChange(
            standing, standing.hasLeft() ? PRESENT : MESSAGED, Evidence.vouched(source));
    return suppressions
        .add(transaction, address, entry.reason(), source)
        .compose(done ->
            transaction
                .preparedQuery("select id from subscriber where channel = $1 and address_key = $2")
                .execute(Tuple.of(address.channel().word(), address.key())))
        .compose(rows ->
            rows.size() == 0
                ? Future.succeededFuture()
                : change.apply(transaction, rows.iterator().next().getInteger("id")).mapEmpty());
  }
}
