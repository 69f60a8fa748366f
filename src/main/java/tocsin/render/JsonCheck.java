package tocsin.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/** Whether a webhook's template makes an event, and if not, at which of its lines it fails. */
final class JsonCheck {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final List<String> REQUIRED = List.of("type", "timestamp", "data");

  private JsonCheck() {}

  static void check(Page page, Draft draft, Problems problems) {
    NumberedText json = NumberedText.of(draft.json(page.numbered(), draft.body()));
    try {
      JsonNode event = JSON.readTree(json.text());
      for (String field : REQUIRED) {
        if (!event.has(field)) {
          problems.add(page.end().problem("the event ends without " + field));
        }
      }
    } catch (JsonProcessingException e) {
      int line = json.line((int) e.getLocation().getCharOffset());
      problems.add(page.source().place(line).problem("no JSON: " + e.getOriginalMessage()));
    }
  }
}
