package tocsin.pages;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bodies that no browser sends, as a stranger with a script may: broken, huge, nested, in the wrong
 * type. None holds any of the fields with a value that a page acts on.
 */
final class HostileForms {
  private static final String URLENCODED = "application/x-www-form-urlencoded";
  private static final List<String> BITS =
      List.of(
          "%",
          "%0",
          "%zz",
          "%00",
          "%ff%fe",
          "&",
          "&&",
          "=",
          "==",
          "+",
          ";",
          "[]",
          "[a][b]",
          "\0",
          "\r\n",
          "\u00ff",
          "<script>alert(1)</script>",
          "'\"--",
          "../../etc/passwd",
          "${jndi:x}",
          "{{7*7}}",
          "\ud83d",
          "Bcc: x@example.com",
          "%0d%0aSet-Cookie:a=b",
          "-1",
          "NaN",
          "9".repeat(400),
          "a".repeat(3_000));

  private final Random random;
  private final List<String> fields;
  private final List<Supplier<Body>> kinds =
      List.of(
          this::garbage,
          this::fields,
          this::manyFields,
          this::huge,
          this::parts,
          this::openParts,
          this::json,
          this::untyped);

  /**
   * @param type null: none is said
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Body(@Nullable String type, byte[] octets) {}

  /**
   * @param fields names that the page knows
   */
  HostileForms(Random random, List<String> fields) {
    this.random = random;
    this.fields = fields;
  }

  Body next() {
    return kinds.get(random.nextInt(kinds.size())).get();
  }

  private Body garbage() {
    byte[] octets = new byte[random.nextInt(2_000)];
    random.nextBytes(octets);
    return new Body(URLENCODED, octets);
  }

  private Body fields() {
    return new Body(URLENCODED, octets(pairs(1 + random.nextInt(12))));
  }

  private Body manyFields() {
    return new Body(URLENCODED, octets("a=b&".repeat(500 + random.nextInt(3_000))));
  }

  private Body huge() {
    return new Body(URLENCODED, octets(field() + "=" + "x".repeat(random.nextInt(200_000))));
  }

  private Body parts() {
    StringBuilder parts = new StringBuilder();
    int count = random.nextInt(60);
    for (int i = 0; i < count; i++) {
      parts
          .append("--b\r\nContent-Disposition: form-data; name=\"")
          .append(random.nextBoolean() ? field() : bit())
          .append(random.nextInt(4) == 0 ? "\"; filename=\"" + bit() : "")
          .append("\"\r\n")
          .append(random.nextInt(4) == 0 ? "Content-Transfer-Encoding: " + bit() + "\r\n" : "")
          .append("\r\n")
          .append(bit())
          .append("\r\n");
    }
    return new Body("multipart/form-data; boundary=b", octets(parts + "--b--\r\n"));
  }

  private Body openParts() {
    return new Body(
        "multipart/form-data; boundary="
            + (random.nextBoolean() ? "b" : bit().replaceAll("[^ -~]", "")),
        octets("--b\r\nContent-Disposition: form-data; name=\"" + field() + "\"\r\n\r\n" + bit()));
  }

  private Body json() {
    return new Body(
        "application/json", octets("{\"" + field() + "\":" + "[".repeat(random.nextInt(5_000))));
  }

  private Body untyped() {
    return new Body(null, octets(pairs(3)));
  }

  private String pairs(int count) {
    StringBuilder pairs = new StringBuilder();
    for (int i = 0; i < count; i++) {
      pairs.append(random.nextBoolean() ? field() : bit()).append('=').append(bit()).append('&');
    }
    return pairs.toString();
  }

  private String field() {
    return fields.get(random.nextInt(fields.size()));
  }

  private String bit() {
    return BITS.get(random.nextInt(BITS.size()));
  }

  private static byte[] octets(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
