package tocsin.selfservice;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.audience.Address;
import tocsin.audience.Channel;
import tocsin.audience.KnownNames;
import tocsin.audience.Registration;
import tocsin.audience.Suppressions;
import tocsin.audience.WebhookKeys;
import tocsin.audience.WebhookRules;
import tocsin.audience.Wording;

/**
 * Takes what strangers ask for. None of it is anybody's wish yet: it is kept apart, and the address
 * is asked. Who asks gets the same answer whatever is on record of the address.
 */
public final class OptIns {
  private static final Logger log = LoggerFactory.getLogger(OptIns.class);

  private final Pool pool;
  private final OptInProofs proofs;
  private final Suppressions suppressions;
  private final WebhookRules webhooks;
  private final OptInRules rules;

  public OptIns(
      Pool pool,
      OptInProofs proofs,
      Suppressions suppressions,
      WebhookRules webhooks,
      OptInRules rules) {
    this.pool = pool;
    this.proofs = proofs;
    this.suppressions = suppressions;
    this.webhooks = webhooks;
    this.rules = rules;
  }

  /**
   * Fails with VALIDATION, and with {@link TooManyOptIns}.
   *
   * @param wish holds no consent; a webhook's holds a contact
   * @param wording what was on show; null: not known
   * @param source {@code form}, {@code api:<key>}
   * @return the token under which the code of a text is typed in; empty on other channels, where
   *     only the mail holds it
   */
  public Future<Optional<String>> request(
      Registration wish, Visitor visitor, @Nullable Wording wording, String source) {
    OptInRequest request = OptInRequest.of(wish, visitor, wording, source, rules.countries());
    OptInQuota quota = new OptInQuota(rules.perHour());
    return quota
        .check(pool, visitor)
        .compose(room ->
            pool.withTransaction(transaction ->
                KnownNames.check(transaction, wish)
                    .compose(known -> OptInQuota.turn(transaction))
                    .compose(turn -> quota.check(transaction, visitor))
                    .compose(admitted -> write(transaction, request))))
        .onSuccess(id -> log.debug("optin.requested id={} channel={}", id, wish.channel().word()))
        .map(
            id -> wish.channel() == Channel.SMS ? Optional.of(proofs.token(id)) : Optional.empty());
  }

  private Future<Integer> write(SqlConnection transaction, OptInRequest request) {
    Registration wish = request.wish();
    Address address = wish.address();
    Address told = request.told();
    return suppressions
        .among(transaction, List.of(address, told))
        .compose(
            reasons -> AddressHistory.of(transaction, address, told, Set.copyOf(reasons.values())))
        .compose(history -> {
          NoticeKind kind = history.notice(wish.channel()).orElse(null);
          return OptInTable.insert(
                  transaction,
                  request,
                  WebhookKeys.of(wish, webhooks),
                  rules.lifetime(),
                  kind,
                  history.codeOf())
              .compose(id -> tell(transaction, request, kind, id, history).map(id));
        });
  }

  private static Future<Void> tell(
      SqlConnection transaction,
      OptInRequest request,
      @Nullable NoticeKind kind,
      int id,
      AddressHistory history) {
    if (kind == null) {
      return Future.succeededFuture();
    }
    Integer subscriber = history.subscriber();
    Registration wish = request.wish();
    return Notices.add(
        transaction,
        kind,
        request.told().channel(),
        request.told().text(),
        kind.isOfAnOptIn() || subscriber == null ? id : subscriber,
        wish.locale(),
        wish.zone());
  }
}
