package tocsin.incident;

import java.util.Locale;
import java.util.Optional;

/** Where an incident or a maintenance stands after an update. */
public enum Status {
  INVESTIGATING(Kind.INCIDENT),
  IDENTIFIED(Kind.INCIDENT),
  MONITORING(Kind.INCIDENT),
  RESOLVED(Kind.INCIDENT),
  POSTMORTEM(Kind.INCIDENT),
  SCHEDULED(Kind.MAINTENANCE),
  IN_PROGRESS(Kind.MAINTENANCE),
  VERIFYING(Kind.MAINTENANCE),
  COMPLETED(Kind.MAINTENANCE);

  private final Kind kind;

  Status(Kind kind) {
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** The word in JSON, SQL, metrics and template names: {@code in_progress}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Status> of(String word) {
    for (Status status : values()) {
      if (status.word().equals(word)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }

  /** After this, only a post-mortem or an explicit reopening may follow. */
  public boolean closes() {
    return this == RESOLVED || this == POSTMORTEM || this == COMPLETED;
  }

  /** Whoever was told of the incident is told of this too, whatever they subscribe to by now. */
  public boolean reachesEveryoneTold() {
    return closes();
  }
}
