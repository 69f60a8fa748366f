package tocsin.audience;

import java.time.Instant;

/** That, where and when somebody agreed to be messaged. */
public record Consent(String source, Instant at) {}
