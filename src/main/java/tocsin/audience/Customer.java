package tocsin.audience;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An organisation with several subscribers, whose regions and segments narrow theirs.
 *
 * @param id a slug
 * @param regions null: all; never empty
 * @param segments null: all; never empty
 * @param priority whether its subscribers are told before or after others
 */
public record Customer(
    String id,
    String name,
    @Nullable Set<String> regions,
    @Nullable Set<String> segments,
    CustomerPriority priority) {

  /** Of normal priority. */
  public Customer(
      String id, String name, @Nullable Set<String> regions, @Nullable Set<String> segments) {
    this(id, name, regions, segments, CustomerPriority.NORMAL);
  }

  public Customer {
    regions = regions == null ? null : Set.copyOf(regions);
    segments = segments == null ? null : Set.copyOf(segments);
  }
}
