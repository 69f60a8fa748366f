package tocsin.audience;

import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Set;

/** In which language and by which clock somebody reads: BCP 47 tags and IANA time zones. */
final class LocalityJson {
  private static final String DEFAULT_LOCALE = "en";
  private static final ZoneId DEFAULT_ZONE = ZoneId.of("UTC");
  private static final int LONGEST_LOCALE = 35;
  private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

  private LocalityJson() {}

  static String locale(JsonFields fields) {
    String tag = fields.text("locale");
    if (tag == null) {
      return DEFAULT_LOCALE;
    }
    String canonical = canonical(tag);
    if (canonical.isEmpty()) {
      fields.wrong("locale", "must be a language tag such as en or de-AT");
    }
    return canonical;
  }

  static ZoneId zone(JsonFields fields) {
    String name = fields.text("timeZone");
    if (name == null) {
      return DEFAULT_ZONE;
    }
    if (!ZONES.contains(name)) {
      fields.wrong("timeZone", "must be a time zone such as Europe/Berlin or UTC");
      return DEFAULT_ZONE;
    }
    return ZoneId.of(name);
  }

  /** Empty for what is no tag, names no language, or is too long. */
  private static String canonical(String tag) {
    try {
      Locale locale = new Locale.Builder().setLanguageTag(tag).build();
      String canonical = locale.toLanguageTag();
      return locale.getLanguage().isEmpty() || canonical.length() > LONGEST_LOCALE ? "" : canonical;
    } catch (IllformedLocaleException e) {
      return "";
    }
  }
}
