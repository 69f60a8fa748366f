package tocsin.incident;

import org.jspecify.annotations.Nullable;

/** One entry of what an update affects; a dimension that is null means all of it. Slugs. */
public record Scope(
    @Nullable String component, @Nullable String region, @Nullable String segment) {}
