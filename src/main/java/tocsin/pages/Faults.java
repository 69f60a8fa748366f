package tocsin.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a form that are wrong, as its page shows them: in a summary, and each beside it.
 */
record Faults(Set<String> fields) {
  static final Faults NONE = new Faults(Set.of());

  Faults {
    fields = Set.copyOf(fields);
  }

  /**
   * @param order of the fields on the page; what is not among them counts as the first
   */
  void put(Map<String, Object> model, List<String> order, Language language) {
    List<Map<String, String>> summary = new ArrayList<>();
    for (String field : order) {
      boolean wrong = fields.contains(field);
      String words = language.word("wrong_" + field);
      model.put("wrong_" + field, wrong ? List.of(words) : List.of());
      if (wrong) {
        summary.add(Map.of("field", field, "words", words));
      }
    }
    model.put("faults", summary);
    model.put("hasFaults", !summary.isEmpty());
  }
}
