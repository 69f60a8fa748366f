package tocsin.audience;

import java.time.Instant;

/** The opt-in that a consent confirms, and when it was asked for. */
public record OptInReference(long id, Instant requestedAt) {}
