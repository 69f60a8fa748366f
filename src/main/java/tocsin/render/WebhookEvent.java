package tocsin.render;

import java.util.Arrays;
import java.util.List;
import tocsin.incident.Status;

/** The event types of webhooks; one type always has one schema. */
public final class WebhookEvent {
  private WebhookEvent() {}

  /** All that there are, by name. */
  public static List<String> types() {
    return Arrays.stream(Status.values()).map(WebhookEvent::type).distinct().sorted().toList();
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
