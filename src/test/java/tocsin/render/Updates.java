package tocsin.render;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tocsin.config.Settings;
import tocsin.incident.Impact;
import tocsin.incident.Kind;
import tocsin.incident.Scope;
import tocsin.incident.Status;
import tocsin.incident.Text;
import tocsin.incident.Update;
import tocsin.incident.Update.Window;

/** Updates and a renderer for tests. */
final class Updates {
  static final String POSTAL = "Acme Inc., 1 Main Street, Springfield";
  static final Instant ACCEPTED = Instant.parse("2026-01-15T10:30:00Z");
  static final URI URL = URI.create("https://status.example.com/");
  static final String LINK = "https://status.example.com/i/connectivity";
  static final Settings.MailFrom FROM = new Settings.MailFrom("status@example.com", "Acme Status");
  static final Names NAMES =
      new Names(Map.of("web", "Web"), Map.of("north-america", "North America"));

  private static final Templates BUILT_IN = builtIn();

  private Updates() {}

  static Renderer renderer() {
    return renderer(FROM, URL);
  }

  static Renderer renderer(Settings.MailFrom from, URI url) {
    return new Renderer(BUILT_IN, from, url);
  }

  static Renderer renderer(Settings.Mail mail) {
    return new Renderer(BUILT_IN, mail, URL, Renderer.USUAL_SEGMENTS, POSTAL);
  }

  static Renderer renderer(int segments) {
    return new Renderer(BUILT_IN, Settings.Mail.from(FROM), URL, segments);
  }

  static NoticeWriter notices(Settings.Mail mail) {
    return new NoticeWriter(BUILT_IN, mail, URL, POSTAL);
  }

  private static Templates builtIn() {
    try {
      return Templates.load(null);
    } catch (TemplateException e) {
      throw new AssertionError(e);
    }
  }

  static Update of(Status status) {
    return of(status, "Connectivity trouble", Text.of("Some **customers** see time-outs."));
  }

  static Update of(Status status, String title, String body) {
    return of(status, title, Text.of(body));
  }

  static Update of(Status status, String title, Text body) {
    return at(ACCEPTED, status, title, body);
  }

  /** Promises the next update ten minutes later; a maintenance has a window of four hours. */
  static Update at(Instant accepted, Status status, String title, Text body) {
    return new Update(
        1,
        "connectivity",
        title,
        4,
        status,
        Impact.MAJOR,
        body,
        List.of(new Scope("web", "north-america", "na-2"), new Scope(null, null, null)),
        accepted.plus(Duration.ofMinutes(10)),
        status.kind() == Kind.MAINTENANCE
            ? new Window(accepted, accepted.plus(Duration.ofHours(4)))
            : null,
        true,
        accepted);
  }
}
