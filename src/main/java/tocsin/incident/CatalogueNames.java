package tocsin.incident;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Problem.FieldError;

/** The components and regions that there are, at one moment. */
public record CatalogueNames(Set<String> components, Set<String> regions) {

  public CatalogueNames {
    components = Set.copyOf(components);
    regions = Set.copyOf(regions);
  }

  /**
   * What the entries name and the catalogue does not have.
   *
   * @param field of the list in the request: {@code affects} gives {@code affects[0].component}
   */
  public List<FieldError> unknown(List<Scope> affects, String field) {
    var errors = new ArrayList<FieldError>();
    for (int i = 0; i < affects.size(); i++) {
      Scope entry = affects.get(i);
      String path = field + "[" + i + "].";
      check(errors, path, Dimension.COMPONENT, components, entry.component());
      check(errors, path, Dimension.REGION, regions, entry.region());
    }
    return errors;
  }

  private static void check(
      List<FieldError> errors,
      String path,
      Dimension dimension,
      Set<String> known,
      @Nullable String name) {
    if (name != null && !known.contains(name)) {
      String word = dimension.word();
      errors.add(new FieldError(path + word, "there is no " + word + " \"" + name + "\""));
    }
  }
}
