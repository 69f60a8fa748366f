package tocsin.pages;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tocsin.incident.Catalogue;
import tocsin.incident.Catalogue.Entry;
import tocsin.incident.Dimension;

/** What components and regions are called; what the catalogue does not have goes by its id. */
record CatalogueLabels(Map<String, String> components, Map<String, String> regions) {

  CatalogueLabels {
    components = Map.copyOf(components);
    regions = Map.copyOf(regions);
  }

  static Future<CatalogueLabels> of(Catalogue catalogue) {
    return catalogue
        .list(Dimension.COMPONENT)
        .compose(components ->
            catalogue
                .list(Dimension.REGION)
                .map(regions -> new CatalogueLabels(names(components), names(regions))));
  }

  String component(String id) {
    return components.getOrDefault(id, id);
  }

  String region(String id) {
    return regions.getOrDefault(id, id);
  }

  private static Map<String, String> names(List<Entry> entries) {
    return entries.stream().collect(Collectors.toMap(Entry::id, Entry::name));
  }
}
