package tocsin.incident;

import java.util.Optional;

/** Which update may follow which. Pure. */
final class Lifecycle {
  private Lifecycle() {}

  /** Why this update may not come next; empty if it may. */
  static Optional<Problem> objection(Incident incident, Submission next, String path) {
    Status status = next.status();
    if (status.kind() != incident.kind()) {
      return Optional.of(
          Problem.validation(
              path + "status",
              status.word()
                  + " is a status of "
                  + aKind(status.kind())
                  + ", but "
                  + incident.id()
                  + " is "
                  + aKind(incident.kind())));
    }
    if (next.window() != null && incident.kind() != Kind.MAINTENANCE) {
      return Optional.of(
          Problem.validation(path + "scheduledFor", "only a maintenance has a planned window"));
    }
    if (status == Status.POSTMORTEM) {
      return incident.lastSequence() > 0 && incident.status().closes()
          ? Optional.empty()
          : Optional.of(Problem.conflict("a post-mortem follows a resolved incident"));
    }
    if (incident.lastSequence() > 0 && incident.status().closes() && !next.reopens()) {
      return Optional.of(
          Problem.conflict(
              incident.id()
                  + " is "
                  + incident.status().word()
                  + ": only a post-mortem may follow, unless \"reopen\": true is said on purpose"));
    }
    return Optional.empty();
  }

  private static String aKind(Kind kind) {
    return kind == Kind.INCIDENT ? "an incident" : "a maintenance";
  }
}
