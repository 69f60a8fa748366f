package tocsin.render;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import tocsin.selfservice.NoticeKind;

/**
 * What one person is told that is no update.
 *
 * @param end what its link ends in; the code itself where that is what it tells
 * @param askedAt when somebody asked for it
 * @param goodUntil when its link ends
 * @param locale language tag
 */
public record PersonalNotice(
    NoticeKind kind, String end, Instant askedAt, Instant goodUntil, String locale, ZoneId zone)
    implements MailNotice {

  @Override
  public String heading(Brand brand, Words words) {
    return words.get(key(""), "brand", brand.name());
  }

  @Override
  public Map<String, ?> own(Brand brand, Words words) {
    return Map.of(
        "lead", words.get(key(".text"), "brand", brand.name()),
        "action", words.get(key(".action"), "brand", brand.name()),
        "why", words.get(key(".why"), "brand", brand.name()),
        "link", link(brand),
        "code", kind == NoticeKind.CODE ? end : "",
        "isConfirm", kind == NoticeKind.CONFIRM,
        "askedAt", Moment.of(askedAt, words, zone),
        "goodUntil", Moment.of(goodUntil, words, zone));
  }

  @Override
  public List<String> counted() {
    return List.of("subscription", kind.word(), "notice");
  }

  @Override
  public NoticeForm text() {
    return NoticeForm.NOTICE_TEXT;
  }

  @Override
  public NoticeForm html() {
    return NoticeForm.NOTICE_HTML;
  }

  private String link(Brand brand) {
    return switch (kind) {
      case CONFIRM, CODE -> brand.confirm(end);
      case KNOWN, WELCOME -> brand.preferences(end);
      case LEAVE -> brand.leave(end);
    };
  }

  private String key(String part) {
    return "notice." + kind.word() + part;
  }

  /** Without the code or the token. */
  @Override
  public String toString() {
    return "PersonalNotice[" + kind.word() + "]";
  }
}
