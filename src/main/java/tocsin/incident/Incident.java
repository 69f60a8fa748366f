package tocsin.incident;

import java.time.Instant;

/** One disruption or maintenance with a life; status and impact are those of its last update. */
public record Incident(
    String id,
    String title,
    Kind kind,
    Status status,
    Impact impact,
    int lastSequence,
    Instant createdAt) {}
