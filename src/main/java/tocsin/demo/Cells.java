package tocsin.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Customer;
import tocsin.audience.Subscription;

/**
 * The world cut into its cells, one for each component, region and segment: what an update affects
 * and what a subscription covers are sets of cells, and they agree where they share one.
 */
final class Cells {
  /** Where something happens, or somebody wants to know what does. */
  record Cell(String component, String region, String segment) {}

  private final List<Cell> all;

  Cells(DemoWorld world) {
    List<Cell> cells = new ArrayList<>();
    for (String component : world.components().keySet()) {
      for (String region : world.regions().keySet()) {
        world.segments().forEach(segment -> cells.add(new Cell(component, region, segment)));
      }
    }
    this.all = List.copyOf(cells);
  }

  /**
   * @param affects as the API takes it
   */
  Set<Cell> affected(JsonArray affects) {
    Set<Cell> cells = new HashSet<>();
    for (int i = 0; i < affects.size(); i++) {
      JsonObject entry = affects.getJsonObject(i);
      for (Cell cell : all) {
        if (names(entry, "component", cell.component())
            && names(entry, "region", cell.region())
            && names(entry, "segment", cell.segment())) {
          cells.add(cell);
        }
      }
    }
    return cells;
  }

  Set<Cell> covered(Subscription subscription, Customer customer) {
    Set<Cell> cells = new HashSet<>();
    for (Cell cell : all) {
      if (holds(subscription.components(), cell.component())
          && holds(subscription.regions(), cell.region())
          && holds(customer.regions(), cell.region())
          && holds(subscription.segments(), cell.segment())
          && holds(customer.segments(), cell.segment())) {
        cells.add(cell);
      }
    }
    return cells;
  }

  private static boolean names(JsonObject entry, String dimension, String name) {
    return entry.getString(dimension, name).equals(name);
  }

  private static boolean holds(@Nullable Set<String> names, String name) {
    return names == null || names.contains(name);
  }
}
