package tocsin.render;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Impact;
import tocsin.incident.Status;
import tocsin.incident.Update;
import tocsin.incident.Update.Window;

/**
 * What Statuspage says of an incident as a whole.
 *
 * @param history in sequence
 */
record StatuspageIncident(List<Update> history) {

  /** All but what names it and what is part of it. */
  JsonObject fields(Function<Update, String> words) {
    Update last = history.getLast();
    Update postmortem = lastOf(Status.POSTMORTEM);
    Window window = window();
    String published = at(postmortem);
    return new JsonObject()
        .put("name", Model.title(last))
        .put("status", last.status().word())
        .put("created_at", at(history.getFirst()))
        .put("updated_at", at(last))
        .put("monitoring_at", at(lastOf(Status.MONITORING)))
        .put("resolved_at", at(end(last)))
        .put("impact", StatuspageWords.impact(last.status().kind(), worst()))
        .put("postmortem_ignored", false)
        .put("postmortem_body", postmortem == null ? null : words.apply(postmortem))
        .put("postmortem_body_last_updated_at", published)
        .put("postmortem_published_at", published)
        .put("postmortem_notified_subscribers", postmortem != null)
        .put("postmortem_notified_twitter", false)
        .put("backfilled", false)
        .put("scheduled_for", window == null ? null : StatuspageEvent.time(window.from()))
        .put("scheduled_until", window == null ? null : StatuspageEvent.time(window.until()))
        .put("scheduled_remind_prior", false)
        .putNull("scheduled_reminded_at")
        .putNull("impact_override")
        .put("scheduled_auto_in_progress", false)
        .put("scheduled_auto_completed", false);
  }

  private @Nullable Update lastOf(Status status) {
    return history.stream()
        .filter(update -> update.status() == status)
        .reduce((older, newer) -> newer)
        .orElse(null);
  }

  /** Null while it goes on, also where it was opened again. */
  private @Nullable Update end(Update last) {
    if (!last.status().closes()) {
      return null;
    }
    Update resolved = lastOf(Status.RESOLVED);
    return resolved == null ? lastOf(Status.COMPLETED) : resolved;
  }

  private @Nullable Window window() {
    return history.stream()
        .map(Update::window)
        .filter(Objects::nonNull)
        .reduce((older, newer) -> newer)
        .orElse(null);
  }

  private Impact worst() {
    return history.stream().map(Update::impact).max(Impact::compareTo).orElseThrow();
  }

  private static @Nullable String at(@Nullable Update update) {
    return update == null ? null : StatuspageEvent.time(update.acceptedAt());
  }
}
