package tocsin.audience;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Impact;

/**
 * A subscriber's filter. A set that is null means all; a set that is present is never empty. Slugs.
 */
public record Subscription(
    @Nullable Set<String> components,
    @Nullable Set<String> regions,
    @Nullable Set<String> segments,
    Impact minImpact) {

  /** Everything, everywhere. */
  public static final Subscription ALL = new Subscription(null, null, null, Impact.NONE);

  public Subscription {
    components = copy(components);
    regions = copy(regions);
    segments = copy(segments);
  }

  private static @Nullable Set<String> copy(@Nullable Set<String> names) {
    if (names == null) {
      return null;
    }
    if (names.isEmpty()) {
      throw new IllegalArgumentException("a filter names something, or is left out to mean all");
    }
    return Set.copyOf(names);
  }
}
