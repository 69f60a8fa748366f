package tocsin.feedback;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.audience.DeliveryId;
import tocsin.channel.sms.ClosedCountries;
import tocsin.channel.sms.TwilioReceipts;
import tocsin.channel.sms.TwilioReceipts.Receipt;
import tocsin.channel.sms.Verdict;
import tocsin.delivery.Confirmations;
import tocsin.delivery.Receipts;

/**
 * Where Twilio reports what became of a text message: {@code POST /hooks/twilio/status?d=DELIVERY}.
 * Answers 204 also for what we do not know: a repeat would not help; and 503 where one would.
 */
public final class TwilioStatus {
  private static final Logger log = LoggerFactory.getLogger(TwilioStatus.class);
  private static final String PATH = "/hooks/twilio/status";

  private final TwilioHook hook;
  private final Receipts receipts;
  private final Confirmations confirmations;
  private final Aftermath aftermath;
  private final ClosedCountries unregistered;

  public TwilioStatus(
      TwilioHook hook,
      Receipts receipts,
      Confirmations confirmations,
      Aftermath aftermath,
      ClosedCountries unregistered) {
    this.hook = hook;
    this.receipts = receipts;
    this.confirmations = confirmations;
    this.aftermath = aftermath;
    this.unregistered = unregistered;
  }

  public void mount(Router router) {
    hook.mount(router, PATH, this::receive);
  }

  private void receive(RoutingContext context, MultiMap form) {
    record(context.queryParams().get("d"), form)
        .onSuccess(done -> context.response().setStatusCode(done ? 204 : 503).end())
        .onFailure(context::fail);
  }

  /** False where it should be reported again. */
  private Future<Boolean> record(@Nullable String delivery, MultiMap form) {
    Optional<DeliveryId> id = Optional.ofNullable(delivery).flatMap(DeliveryId::parse);
    Optional<Receipt> receipt =
        Optional.ofNullable(form.get("MessageStatus")).flatMap(TwilioReceipts::of);
    if (id.isEmpty() || !id.get().isOfAnUpdate() || receipt.isEmpty()) {
      log.debug("callback.ignored provider=twilio");
      return Future.succeededFuture(true);
    }
    String sid = Objects.requireNonNullElse(form.get("MessageSid"), "");
    return aftermath
        .isKnown(sid, id.get())
        .compose(known ->
            known ? Future.succeededFuture(true) : record(id.get(), sid, receipt.get(), form));
  }

  private Future<Boolean> record(DeliveryId id, String sid, Receipt receipt, MultiMap form) {
    String code = code(form);
    heed(receipt, code, Objects.requireNonNullElse(form.get("To"), ""));
    return receipts
        .record(id, receipt.state(), receipt.rank(), code)
        .onSuccess(news ->
            log.debug("receipt.recorded delivery={} state={} news={}", id, receipt.state(), news))
        .compose(news -> confirmed(id, sid))
        .compose(done ->
            failed(receipt) && !code.isEmpty() && !sid.isEmpty()
                ? aftermath.of(id, sid, Integer.parseInt(code))
                : Future.succeededFuture(true));
  }

  /** Whatever Twilio says of a message, it took it. */
  private Future<Void> confirmed(DeliveryId id, String sid) {
    return sid.isEmpty()
        ? Future.succeededFuture()
        : confirmations
            .taken(id, sid)
            .onSuccess(news -> {
              if (news) {
                log.info("sms.taken_after_all delivery={}", id);
              }
            })
            .mapEmpty();
  }

  /**
   * Only an arrival shows that carriers know us: Twilio takes every message before it asks them.
   */
  private void heed(Receipt receipt, String code, String number) {
    if (receipt.state().equals("delivered")) {
      unregistered.taken(number);
    } else if (failed(receipt)
        && !code.isEmpty()
        && Verdict.of(Integer.parseInt(code)) instanceof Verdict.Unregistered) {
      unregistered.refused(number, "Twilio " + code);
    }
  }

  private static boolean failed(Receipt receipt) {
    return receipt.state().equals("undelivered") || receipt.state().equals("failed");
  }

  /** Twilio's code of what went wrong, or nothing; its words may hold the number. */
  private static String code(MultiMap form) {
    String code = form.get("ErrorCode");
    return code != null && code.matches("[0-9]{1,6}") ? code : "";
  }
}
