package tocsin.audience;

import org.jspecify.annotations.Nullable;

/**
 * A line of an import that was not kept.
 *
 * @param line counted from 1, blank lines included
 * @param field the first offending field, null where the line is no object at all
 */
public record RejectedLine(long line, @Nullable String field, String detail) {}
