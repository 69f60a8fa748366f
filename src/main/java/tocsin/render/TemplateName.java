package tocsin.render;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tocsin.incident.Kind;
import tocsin.incident.Status;

/** Which files are templates, and which of them is asked first for a status. */
final class TemplateName {
  static final String EXPECTED =
      "expected words/<language tag>.properties or, with html or txt below email, txt below sms,"
          + " json below webhook: update, maintenance, a status, one of those of notices (endpoint,"
          + " notice, code, known, welcome), or a partial whose name starts"
          + " with _";

  private static final String ANY_STATUS = "update";
  private static final String STEMS =
      Arrays.stream(Status.values())
          .map(Status::word)
          .collect(
              Collectors.joining(
                  "|",
                  "(?:update|maintenance|endpoint|notice|code|known|welcome|_[a-z0-9_-]{1,40}|",
                  ")"));
  private static final Pattern KNOWN =
      Pattern.compile(
          "words/[A-Za-z0-9-]{2,35}\\.properties|email/%s\\.(?:html|txt)|sms/%s\\.txt|webhook/%s\\.json"
              .formatted(STEMS, STEMS, STEMS));

  private TemplateName() {}

  static boolean isKnown(String name) {
    return KNOWN.matcher(name).matches();
  }

  /** The status's own template, then that of its kind, then the one for everything. */
  static List<String> candidates(Form form, Status status) {
    return status.kind() == Kind.MAINTENANCE
        ? List.of(
            form.file(status.word()), form.file(Kind.MAINTENANCE.word()), form.file(ANY_STATUS))
        : List.of(form.file(status.word()), form.file(ANY_STATUS));
  }
}
