package tocsin.pages;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tocsin.incident.Update;

/**
 * What a feed says. Pure.
 *
 * @param updates newest first
 */
record FeedModel(Site site, CatalogueLabels labels, Feed.Asked asked, List<Update> updates) {
  FeedModel {
    updates = List.copyOf(updates);
  }

  /**
   * @param never when a feed without entries was updated
   */
  Map<String, Object> values(Instant never) {
    Language language = asked.language();
    Map<String, Object> values = new HashMap<>();
    values.put("lang", language.tag());
    values.put("title", text(title()));
    values.put("brand", text(site.name()));
    values.put("id", "tag:" + authority() + ":feed" + query());
    values.put("self", site.url() + "/" + Feed.PATH + query());
    values.put("site", site.url() + "/");
    values.put(
        "updated", updates.stream().map(Update::acceptedAt).max(Instant::compareTo).orElse(never));
    values.put("entries", updates.stream().map(this::entry).toList());
    return values;
  }

  private Map<String, Object> entry(Update update) {
    Language language = asked.language();
    String status = language.word("status." + update.status().word());
    return Map.of(
        "id",
        "tag:%s:incident/%s/update/%d".formatted(authority(), update.incident(), update.sequence()),
        "title",
        text(status + ": " + update.title()),
        "link",
        "%s/i/%s#update-%d".formatted(site.url(), update.incident(), update.sequence()),
        "at",
        update.acceptedAt(),
        "content",
        text(RichText.html(update.body().in(language.tag()))));
  }

  private String title() {
    List<String> parts = new ArrayList<>(List.of(site.name()));
    if (asked.component() != null) {
      parts.add(labels.component(asked.component()));
    }
    if (asked.region() != null) {
      parts.add(labels.region(asked.region()));
    }
    return String.join(" · ", parts);
  }

  /** Of a tag: URI (RFC 4151): a name of ours, and a day since which it was. */
  private String authority() {
    URI url = site.url();
    return url.getHost() + ",2026";
  }

  private String query() {
    List<String> parts = new ArrayList<>();
    if (asked.component() != null) {
      parts.add("component=" + URLEncoder.encode(asked.component(), StandardCharsets.UTF_8));
    }
    if (asked.region() != null) {
      parts.add("region=" + URLEncoder.encode(asked.region(), StandardCharsets.UTF_8));
    }
    return parts.isEmpty() ? "" : "?" + String.join("&", parts);
  }

  /** Without what XML 1.0 cannot say at all. */
  private static String text(String words) {
    return words.replaceAll(
        "[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]", "");
  }
}
