package tocsin.audience;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that may not become subscribers by the API or an import, within the transaction of
 * the change that asks.
 */
public final class Suppressions {
  private final AddressHash hash;

  public Suppressions(AddressHash hash) {
    this.hash = hash;
  }

  public Future<Boolean> isSuppressed(SqlClient transaction, Address address) {
    return find(transaction, address).map(Optional::isPresent);
  }

  public Future<Optional<Suppression>> find(SqlClient transaction, Address address) {
    return transaction
        .preparedQuery(
            "select id, channel, address_key, reason, source, at from suppression where hash = $1")
        .execute(Tuple.of(Buffer.buffer(hash.of(address))))
        .map(rows ->
            rows.size() == 0 ? Optional.empty() : Optional.of(entry(rows.iterator().next())));
  }

  /** Those of the addresses that are on the list. */
  public Future<Map<Address, SuppressionReason>> among(
      SqlClient transaction, Collection<Address> addresses) {
    Map<Buffer, List<Address>> byHash =
        addresses.stream().collect(Collectors.groupingBy(it -> Buffer.buffer(hash.of(it))));
    return transaction
        .preparedQuery("select hash, reason from suppression where hash = any ($1)")
        .execute(Tuple.of((Object) byHash.keySet().toArray(Buffer[]::new)))
        .map(rows -> {
          Map<Address, SuppressionReason> found = new HashMap<>();
          for (Row row : rows) {
            byHash
                .getOrDefault(row.getBuffer("hash"), List.of())
                .forEach(address -> found.put(address, reason(row)));
          }
          return found;
        });
  }

  Buffer[] hashes(Collection<Address> addresses) {
    return addresses.stream().map(it -> Buffer.buffer(hash.of(it))).toArray(Buffer[]::new);
  }

  /**
   * Puts an address on the list. The operator's own decision outlasts any other, and an erased
   * address stays erased.
   *
   * @param source who says so: {@code api:<key>}, {@code complaint}, {@code retention}
   */
  public Future<Void> add(
      SqlClient transaction, Address address, SuppressionReason reason, String source) {
    String kept = reason == SuppressionReason.ERASED ? null : address.key();
    return put(transaction, address, kept, reason, source);
  }

  /** As above, and whatever the reason only the hash of the address is kept. */
  Future<Void> addHash(
      SqlClient transaction, Address address, SuppressionReason reason, String source) {
    return put(transaction, address, null, reason, source);
  }

  private Future<Void> put(
      SqlClient transaction,
      Address address,
      @Nullable String kept,
      SuppressionReason reason,
      String source) {
    return transaction
        .preparedQuery(
            """
            insert into suppression (hash, channel, address_key, reason, source)
            values ($1, $2, $3, $4, $5)
            on conflict (hash) do update set
              address_key = case when excluded.address_key is null then null
                else suppression.address_key end,
              reason = case when suppression.reason = 'manual' then 'manual'
                else excluded.reason end,
              source = excluded.source, at = excluded.at
            where excluded.address_key is null or excluded.reason = 'manual'
              or suppression.reason not in ('manual', 'erased')
            """)
        .execute(
            Tuple.from(
                new @Nullable Object[] {
                  Buffer.buffer(hash.of(address)),
                  address.channel().word(),
                  kept,
                  reason.word(),
                  source
                }))
        .mapEmpty();
  }

  /**
   * The person themselves came back: their confirmed opt-in takes the address off the list, but for
   * the operator's own decision.
   *
   * @return whether the address is free now
   */
  public Future<Boolean> lift(SqlClient transaction, Address address) {
    return transaction
        .preparedQuery("delete from suppression where hash = $1 and reason <> 'manual'")
        .execute(Tuple.of(Buffer.buffer(hash.of(address))))
        .compose(gone -> isSuppressed(transaction, address))
        .map(still -> !still);
  }

  static Suppression entry(Row row) {
    return new Suppression(
        row.getLong("id"),
        Channel.of(row.getString("channel")).orElseThrow(),
        row.getString("address_key"),
        reason(row),
        row.getString("source"),
        row.getOffsetDateTime("at").toInstant());
  }

  private static SuppressionReason reason(Row row) {
    return SuppressionReason.of(row.getString("reason")).orElseThrow();
  }
}
