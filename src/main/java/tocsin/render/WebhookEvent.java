package tocsin.render;

import tocsin.incident.Status;

/** The event types of webhooks; one type always has one schema. */
final class WebhookEvent {
  private WebhookEvent() {}

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
