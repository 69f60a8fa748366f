package tocsin.selfservice;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Address;
import tocsin.audience.Channel;
import tocsin.audience.Standing;
import tocsin.audience.SuppressionReason;

/**
 * What is on record of an address, and of whom an opt-in for it is told: what decides on the
 * message, which nobody who asks may learn of.
 *
 * @param subscriber null: there never was one
 * @param standing null where there never was a subscriber
 * @param shared a mailbox that several people read
 * @param toldBefore an opt-in of the last day, not confirmed, that led to a message which was not
 *     refused; that they had been a subscriber counts no more once they have left; null: none
 * @param codeOf the opt-in whose code was sent and is still good; null: none
 * @param suppressed why either of the addresses is on the suppression list
 */
record AddressHistory(
    @Nullable Integer subscriber,
    @Nullable Standing standing,
    boolean shared,
    @Nullable Integer toldBefore,
    @Nullable Integer codeOf,
    Set<SuppressionReason> suppressed) {

  /** Who said that they want nothing of us, or whom the operator bars, is not even asked. */
  private static final Set<SuppressionReason> SILENT =
      Set.of(SuppressionReason.COMPLAINT, SuppressionReason.MANUAL);

  AddressHistory {
    suppressed = Set.copyOf(suppressed);
  }

  /**
   * @param told of whom an opt-in for the address is told
   */
  static Future<AddressHistory> of(
      SqlClient transaction, Address address, Address told, Set<SuppressionReason> suppressed) {
    return transaction
        .preparedQuery(
            """
            select s.id as subscriber, s.standing, coalesce(s.shared, false) as shared, t.id as told_before, c.id as code_of,
              s.standing = 'unsubscribed' and exists (
                select from complaint p where p.subscriber = s.id and p.at > s.consent_at)
                as complained
            from (select) as always
            left join subscriber s on s.channel = $1 and s.address_key = $2
            left join lateral (
              select id from opt_in
              where told_channel = $3 and told_key = $4 and told is not null
                and confirmed_at is null and requested_at > now() - interval '24 hours'
                and (s.standing_at is null or told <> 'known' or requested_at > s.standing_at)
                and not exists (select from notice n
                  where n.kind in ('confirm', 'code') and n.subject = opt_in.id
                    and n.outcome in ('failed', 'dropped'))
              limit 1) t on true
            left join lateral (
              select id from opt_in
              where told_channel = $3 and told_key = $4 and told = 'code'
                and confirmed_at is null and expires_at > now()
              order by requested_at desc limit 1) c on true
            """)
        .execute(
            Tuple.of(address.channel().word(), address.key(), told.channel().word(), told.key()))
        .map(rows -> history(rows.iterator().next(), suppressed));
  }

  private static AddressHistory history(Row row, Set<SuppressionReason> suppressed) {
    String standing = row.getString("standing");
    boolean complained = Boolean.TRUE.equals(row.getBoolean("complained"));
    return new AddressHistory(
        row.getInteger("subscriber"),
        standing == null ? null : Standing.of(standing).orElseThrow(),
        row.getBoolean("shared"),
        row.getInteger("told_before"),
        row.getInteger("code_of"),
        complained ? Set.of(SuppressionReason.COMPLAINT) : suppressed);
  }

  /**
   * The message that an opt-in leads to, at most one a day as long as none is answered; empty:
   * none. A shared mailbox confirms what changes for all its readers. An endpoint that has its
   * events already is left in peace, and who is blocked by the carrier can only come back by a text
   * of their own.
   */
  Optional<NoticeKind> notice(Channel channel) {
    if (toldBefore != null
        || standing == Standing.OPTED_OUT
        || suppressed.stream().anyMatch(SILENT::contains)
        || (channel == Channel.SMS && suppressed.contains(SuppressionReason.UNSUBSCRIBED))) {
      return Optional.empty();
    }
    if (standing == Standing.ACTIVE && !shared) {
      return channel == Channel.WEBHOOK ? Optional.empty() : Optional.of(NoticeKind.KNOWN);
    }
    return Optional.of(channel == Channel.SMS ? NoticeKind.CODE : NoticeKind.CONFIRM);
  }
}
