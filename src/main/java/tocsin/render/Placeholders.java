package tocsin.render;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What stands in a mail's slots while it is composed: letters and digits that no encoding changes,
 * and that the mail's own words cannot hold, since they are a digest of them.
 */
record Placeholders(String stem) {

  /**
   * @param words all that the mail says
   */
  static Placeholders of(String words) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(words.getBytes(StandardCharsets.UTF_8));
      return new Placeholders("t" + HexFormat.of().formatHex(digest, 0, 12));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  String of(Slot slot) {
    return stem + slot.mark();
  }

  /** Finds any of them, also where quoted-printable broke the line; group 1 is the slot's mark. */
  Pattern pattern() {
    String softBreak = "(?:=\r\n)?";
    String broken =
        stem.chars().mapToObj(Character::toString).collect(Collectors.joining(softBreak));
    String marks =
        Arrays.stream(Slot.values()).map(slot -> "" + slot.mark()).collect(Collectors.joining());
    return Pattern.compile(broken + softBreak + "([" + marks + "])");
  }
}
