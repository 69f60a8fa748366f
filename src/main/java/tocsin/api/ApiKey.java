package tocsin.api;

import java.time.Instant;

/** A key on record; the key itself is not, only its hash. */
public record ApiKey(int id, String name, Role role, Instant createdAt) {}
