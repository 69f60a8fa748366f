package tocsin.render;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tocsin.incident.Status;

/** The event types of webhooks; one type always has one schema. */
public final class WebhookEvent {
  /** Of the event that somebody tries an endpoint with. */
  static final String TEST = "tocsin.test";

  /** Of the event that asks an endpoint whether it wants ours. */
  static final String CHALLENGE = "tocsin.challenge";

  private WebhookEvent() {}

  /** All that there are, by name. */
  public static List<String> types() {
    return Stream.concat(
            Arrays.stream(Status.values()).map(WebhookEvent::type), Stream.of(TEST, CHALLENGE))
        .distinct()
        .sorted()
        .toList();
  }

  static String type(Status status) {
    return switch (status) {
      case INVESTIGATING, IDENTIFIED, MONITORING -> "incident.updated";
      case RESOLVED -> "incident.resolved";
      case POSTMORTEM -> "incident.postmortem";
      case SCHEDULED -> "maintenance.scheduled";
      case IN_PROGRESS, VERIFYING -> "maintenance.updated";
      case COMPLETED -> "maintenance.completed";
    };
  }
}
