package tocsin.render;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Scope;

/** What an update affects, for people and for machines. */
final class Affected {
  private static final int MOST_LINES = 12;

  private Affected() {}

  /** For machines: slugs, null for all of a dimension. */
  static List<Map<String, @Nullable String>> scopes(List<Scope> scopes) {
    return scopes.stream().map(Affected::scope).toList();
  }

  private static Map<String, @Nullable String> scope(Scope scope) {
    Map<String, @Nullable String> slugs = new HashMap<>();
    slugs.put("component", scope.component());
    slugs.put("region", scope.region());
    slugs.put("segment", scope.segment());
    return slugs;
  }

  /** For people: names, one scope a line, and how many more there are. */
  static List<String> lines(List<Scope> scopes, Names names, Words words) {
    List<String> lines =
        scopes.stream().map(scope -> line(scope, names, words)).distinct().toList();
    if (lines.size() <= MOST_LINES) {
      return lines;
    }
    String more = Integer.toString(lines.size() - MOST_LINES + 1);
    return Stream.concat(
            lines.stream().limit(MOST_LINES - 1L),
            Stream.of(words.get("scope.more", "count", more)))
        .toList();
  }

  private static String line(Scope scope, Names names, Words words) {
    String component =
        scope.component() == null
            ? words.get("scope.allComponents")
            : names.component(scope.component());
    String region =
        scope.region() == null ? words.get("scope.allRegions") : names.region(scope.region());
    Stream<String> segment =
        scope.segment() == null
            ? Stream.empty()
            : Stream.of(words.get("scope.segment", "name", scope.segment()));
    return Stream.concat(Stream.of(component, region), segment)
        .map(SafeText::line)
        .collect(Collectors.joining(", "));
  }
}
