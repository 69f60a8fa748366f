package tocsin.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That somebody changed something.
 *
 * @param actor the name of a key, or what a person or provider came by
 * @param action an operation of the API, or what became of the subject
 * @param subject the path of the thing
 * @param detail what came to be by it; never an address
 * @param outcome {@code done}, {@code refused} or {@code failed}; null while it is under way, or
 *     for ever where its node died
 * @param status of the answer; null where nobody was answered
 */
public record AuditEntry(
    long id,
    Instant at,
    String actor,
    String action,
    String subject,
    @Nullable String detail,
    @Nullable String outcome,
    @Nullable Integer status) {}
