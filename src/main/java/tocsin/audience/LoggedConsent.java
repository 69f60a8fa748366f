package tocsin.audience;

import java.time.Instant;

/** A consent as it is on record, numbered in the order of writing. */
public record LoggedConsent(long id, ConsentRecord consent, Instant recordedAt) {}
