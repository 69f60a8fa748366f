package tocsin.selfservice;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.audience.Channel;
import tocsin.audience.ConsentKind;
import tocsin.audience.ConsentLog;
import tocsin.audience.ConsentRecord;
import tocsin.audience.Evidence;
import tocsin.audience.KnownNames;
import tocsin.audience.OptInReference;
import tocsin.audience.Registration;
import tocsin.audience.Suppressions;
import tocsin.selfservice.Confirmation.AlreadyConfirmed;
import tocsin.selfservice.Confirmation.CodePosted;
import tocsin.selfservice.Confirmation.Confirmed;
import tocsin.selfservice.Confirmation.EndpointDidNotAnswer;
import tocsin.selfservice.Confirmation.Expired;
import tocsin.selfservice.OptInSubscriber.Source;

/**
 * Hears those who say that an opt-in is their wish. Each opt-in is confirmed once; subscriber,
 * consent and the end of a suppression are written together.
 */
public final class OptInAnswers {
  private static final Logger log = LoggerFactory.getLogger(OptInAnswers.class);

  private final Pool pool;
  private final OptInProofs proofs;
  private final Suppressions suppressions;
  private final EndpointChallenge challenge;

  public OptInAnswers(
      Pool pool, OptInProofs proofs, Suppressions suppressions, EndpointChallenge challenge) {
    this.pool = pool;
    this.proofs = proofs;
    this.suppressions = suppressions;
    this.challenge = challenge;
  }

  /** Changes nothing. Fails with NOT_FOUND. */
  public Future<OptIn> find(String token) {
    return proofs
        .optIn(token)
        .compose(id -> OptInTable.find(pool, id))
        .map(found -> OptIn.of(found.orElseThrow(() -> OptInProofs.unknown().exception())));
  }

  /**
   * Takes up to the time-out of a webhook where an endpoint is asked. Fails with NOT_FOUND.
   *
   * @param code as typed; null: none
   */
  public Future<Confirmation> confirm(String token, Visitor visitor, @Nullable String code) {
    return proofs
        .optIn(token)
        .compose(id -> pool.withTransaction(transaction -> step(transaction, id, visitor, code)))
        .compose(step -> ended(Objects.requireNonNull(step), visitor))
        .onSuccess(confirmation -> {
          if (confirmation instanceof Confirmed confirmed) {
            log.info("optin.confirmed subscriber={}", confirmed.subscriber());
          }
        });
  }

  private Future<Confirmation> ended(ConfirmationStep step, Visitor visitor) {
    return switch (step) {
      case ConfirmationStep.Done(Confirmation confirmation) -> Future.succeededFuture(confirmation);
      case ConfirmationStep.Ask(OptInRow row) -> ask(row, visitor);
    };
  }

  /**
   * Somebody texted that they agree: their open opt-in is confirmed. False where there is none,
   * also when the text is told of again.
   *
   * @param number E.164
   * @param sid of the text, which is the proof
   */
  public Future<Boolean> agree(String number, String sid) {
    return pool.withTransaction(transaction ->
        OptInTable.openOf(transaction, number)
            .compose(id ->
                id.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : OptInTable.hold(transaction, id.get()))
            .compose(row -> agree(transaction, row.orElse(null), sid)));
  }

  private Future<Boolean> agree(SqlConnection transaction, @Nullable OptInRow row, String sid) {
    if (row == null || row.state() != OptIn.State.OPEN) {
      return Future.succeededFuture(false);
    }
    return write(transaction, row, Visitor.UNKNOWN, Source.TEXT)
        .compose(confirmation ->
            confirmation instanceof Confirmed confirmed
                ? transaction
                    .preparedQuery(
                        """
                        insert into sms_reply (sid, subscriber, word) values ($1, $2, 'yes')
                        on conflict (sid) do nothing
                        """)
                    .execute(Tuple.of(sid, confirmed.subscriber()))
                    .map(true)
                : Future.succeededFuture(false));
  }

  private Future<ConfirmationStep> step(
      SqlConnection transaction, int id, Visitor visitor, @Nullable String code) {
    return OptInTable.hold(transaction, id)
        .map(found -> found.orElseThrow(() -> OptInProofs.unknown().exception()))
        .compose(row ->
            switch (Verdict.of(row, proofs.codes(), code)) {
              case Verdict.Granted granted ->
                  write(transaction, row, visitor, Source.PAGE).map(ConfirmationStep.Done::new);
              case Verdict.Refused(Confirmation answer) ->
                  Future.succeededFuture(new ConfirmationStep.Done(answer));
              case Verdict.Counted(Confirmation answer) ->
                  OptInTable.failed(transaction, row).map(new ConfirmationStep.Done(answer));
              case Verdict.Challenge asked ->
                  OptInTable.challenged(transaction, row).map(new ConfirmationStep.Ask(row));
            });
  }

  /** Outside of any transaction: an endpoint may take its time. */
  private Future<Confirmation> ask(OptInRow row, Visitor visitor) {
    EndpointChallenge.Endpoint endpoint = EndpointChallenge.Endpoint.of(row);
    if (row.wish().form().dialect().isChat()) {
      return challenge
          .post(endpoint, proofs.codes().code(row.id()))
          .compose(complaint ->
              complaint.isPresent()
                  ? Future.succeededFuture(new EndpointDidNotAnswer(complaint.get()))
                  : OptInTable.posted(pool, row.id()).map(new CodePosted()));
    }
    return challenge
        .echo(endpoint)
        .compose(complaint ->
            complaint.isPresent()
                ? Future.succeededFuture(new EndpointDidNotAnswer(complaint.get()))
                : pool.withTransaction(transaction -> echoed(transaction, row.id(), visitor)));
  }

  private Future<Confirmation> echoed(SqlConnection transaction, int id, Visitor visitor) {
    return OptInTable.hold(transaction, id)
        .map(found -> found.orElseThrow(() -> OptInProofs.unknown().exception()))
        .compose(row ->
            switch (row.state()) {
              case OPEN -> write(transaction, row, visitor, Source.PAGE);
              case CONFIRMED -> Future.succeededFuture(new AlreadyConfirmed());
              case EXPIRED -> Future.succeededFuture(new Expired());
            });
  }

  private Future<Confirmation> write(
      SqlConnection transaction, OptInRow row, Visitor visitor, Source from) {
    return KnownNames.among(transaction, List.of(row.wish()))
        .compose(known ->
            known.unknown(row.wish()).isEmpty()
                ? admit(transaction, row, visitor, from)
                : OptInTable.spent(transaction, row).map(new Expired()));
  }

  private Future<Confirmation> admit(
      SqlConnection transaction, OptInRow row, Visitor visitor, Source from) {
    return suppressions
        .lift(transaction, row.wish().address())
        .compose(free ->
            free
                ? OptInSubscriber.write(transaction, row, from)
                : Future.succeededFuture(Optional.<OptInSubscriber.Written>empty()))
        .compose(written ->
            written.isEmpty()
                ? Future.succeededFuture(new Expired())
                : proven(transaction, row, visitor, from, written.get()));
  }

  private Future<Confirmation> proven(
      SqlConnection transaction,
      OptInRow row,
      Visitor visitor,
      Source from,
      OptInSubscriber.Written written) {
    ConsentRecord consent =
        new ConsentRecord(
            written.id(),
            ConsentKind.GIVEN,
            row.wish().channel(),
            row.wording(),
            Evidence.request(from.word(row), visitor.ip(), visitor.userAgent()),
            new OptInReference(row.id(), row.requestedAt()),
            row.now());
    return ConsentLog.append(transaction, consent)
        .compose(noted -> OptInTable.confirmed(transaction, row))
        .compose(noted -> welcome(transaction, row.wish(), written.id()))
        .map(done -> confirmed(row, written));
  }

  /** Whom carriers want to be told once more by text, of the terms and the way out. */
  private static Future<Void> welcome(
      SqlConnection transaction, Registration wish, int subscriber) {
    return wish.channel() == Channel.SMS
        ? Notices.add(
            transaction,
            NoticeKind.WELCOME,
            Channel.SMS,
            wish.address().text(),
            subscriber,
            wish.locale(),
            wish.zone())
        : Future.succeededFuture();
  }

  private Confirmed confirmed(OptInRow row, OptInSubscriber.Written written) {
    String secret = written.secret();
    boolean shown =
        secret != null
            && secret.equals(row.keys().secret())
            && !row.wish().form().dialect().isChat();
    return new Confirmed(
        written.id(),
        proofs.preferences(written.id(), written.version()),
        shown ? secret : null,
        written.publicKey());
  }
}
