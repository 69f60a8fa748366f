package tocsin.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the audit to list; null does not filter.
 *
 * @param subject a path; what is below it counts too
 * @param until not included
 */
public record AuditFilter(
    @Nullable String actor,
    @Nullable String subject,
    @Nullable Instant from,
    @Nullable Instant until) {}
