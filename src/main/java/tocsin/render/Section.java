package tocsin.render;

import java.util.Map;

/**
 * What stands under one heading of an update's words.
 *
 * @param heading plain; empty for what comes before the first
 * @param body Markdown
 */
record Section(String heading, String body) {
  Map<String, String> values() {
    return Map.of("heading", heading, "body", body);
  }
}
