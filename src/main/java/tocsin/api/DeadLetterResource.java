package tocsin.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tocsin.audience.Channel;
import tocsin.audience.DeliveryId;
import tocsin.channel.Reason;
import tocsin.delivery.DeadLetter;
import tocsin.delivery.DeadLetters;
import tocsin.delivery.Selection;
import tocsin.incident.Problem;

/** {@code /v1/dead-letters}, and one delivery's way out of them. */
public final class DeadLetterResource implements Resource {
  private final DeadLetters letters;

  public DeadLetterResource(DeadLetters letters) {
    this.letters = letters;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of(
        "listDeadLetters", this::list,
        "requeueDeadLetters", this::requeue,
        "requeueDelivery", this::requeueOne);
  }

  private Future<Answer> list(Call call) {
    Page page = Page.of(call);
    return letters
        .list(selection(call::optional), page.afterDelivery(), page.limit())
        .map(found ->
            page.of(
                call,
                "deadLetters",
                found,
                DeadLetterResource::json,
                letter -> letter.id().toString()));
  }

  private Future<Answer> requeue(Call call) {
    return letters
        .requeue(selection(name -> Optional.ofNullable(call.body().getString(name))))
        .map(report ->
            Answer.ok(
                new JsonObject().put("requeued", report.requeued()).put("more", report.more())));
  }

  private Future<Answer> requeueOne(Call call) {
    String text = call.text("delivery");
    DeliveryId id =
        DeliveryId.parse(text)
            .orElseThrow(() -> Problem.notFound("there is no delivery " + text).exception());
    return letters
        .requeue(id)
        .map(update ->
            Answer.accepted(
                "/v1/incidents/" + update.incident() + "/updates/" + update.sequence(),
                new JsonObject().put("id", id.toString())));
  }

  /** Of values that the contract has checked. */
  private static Selection selection(Function<String, Optional<String>> value) {
    return new Selection(
        value.apply("incident").orElse(null),
        value.apply("channel").flatMap(Channel::of).orElse(null),
        value.apply("reason").flatMap(Reason::of).orElse(null));
  }

  private static JsonObject json(DeadLetter letter) {
    return new JsonObject()
        .put("id", letter.id().toString())
        .put("subscriber", letter.id().subscriber())
        .put("incident", letter.incident())
        .put("sequence", letter.sequence())
        .put("channel", letter.channel().word())
        .put("attempts", letter.attempts())
        .put("reason", letter.reason())
        .put("detail", letter.detail())
        .put("at", letter.at());
  }
}
