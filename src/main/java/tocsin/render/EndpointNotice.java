package tocsin.render;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of an endpoint is told when it is given up.
 *
 * @param missed ids of incidents that it was not told of
 * @param locale language tag
 */
public record EndpointNotice(
    Kind kind, Endpoint endpoint, Instant since, List<String> missed, String locale, ZoneId zone)
    implements MailNotice {

  public EndpointNotice {
    missed = List.copyOf(missed);
  }

  /** Why nothing is sent any more. */
  public enum Kind {
    QUARANTINED,
    DISABLED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    String key() {
      return "notice." + word();
    }
  }

  /**
   * @param url of which only a part is shown
   * @param failure the last one's reason, in a word; null where it is not known
   */
  public record Endpoint(int subscriber, URI url, @Nullable String failure) {
    /** Without what may be secret. */
    @Override
    public String toString() {
      return "Endpoint[" + subscriber + " " + EndpointName.of(url) + " " + failure + "]";
    }
  }

  @Override
  public String heading(Brand brand, Words words) {
    return words.get(kind.key(), "brand", brand.name());
  }

  @Override
  public Map<String, ?> own(Brand brand, Words words) {
    return Map.of(
        "lead", words.get(kind.key() + ".text", "brand", brand.name()),
        "endpoint", SafeText.line(EndpointName.of(endpoint.url())),
        "subscriber", endpoint.subscriber(),
        "failure", endpoint.failure() == null ? List.of() : List.of(endpoint.failure()),
        "since", Moment.of(since, words, zone),
        "hasMissed", !missed.isEmpty(),
        "missed", missed.stream().map(brand::incident).toList());
  }

  @Override
  public List<String> counted() {
    return List.of("endpoint", kind.word(), "notice");
  }

  @Override
  public NoticeForm text() {
    return NoticeForm.ENDPOINT_TEXT;
  }

  @Override
  public NoticeForm html() {
    return NoticeForm.ENDPOINT_HTML;
  }
}
