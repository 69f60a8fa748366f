package tocsin.render;

import java.util.Map;

/**
 * What people call the components and regions of the catalogue, by id. An id without a name stands
 * for itself.
 */
public record Names(Map<String, String> components, Map<String, String> regions) {
  public static final Names NONE = new Names(Map.of(), Map.of());

  public Names {
    components = Map.copyOf(components);
    regions = Map.copyOf(regions);
  }

  String component(String id) {
    return components.getOrDefault(id, id);
  }

  String region(String id) {
    return regions.getOrDefault(id, id);
  }
}
