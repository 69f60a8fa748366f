package tocsin.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request as it goes over the wire.
 *
 * @param headers whole lines, without their ends
 * @param body ISO 8859-1 stands for its octets
 */
record HttpMessage(
    String method, String target, List<String> headers, Optional<String> body, Framing framing) {
  private static final int SHOWN = 4_000;

  HttpMessage {
    headers = List.copyOf(headers);
  }

  static HttpMessage of(String method, String target, String... headers) {
    return new HttpMessage(method, target, List.of(headers), Optional.empty(), Framing.LENGTH);
  }

  HttpMessage withMethod(String other) {
    return new HttpMessage(other, target, headers, body, framing);
  }

  HttpMessage withTarget(String other) {
    return new HttpMessage(method, other, headers, body, framing);
  }

  HttpMessage withHeaders(List<String> others) {
    return new HttpMessage(method, target, others, body, framing);
  }

  HttpMessage with(String header) {
    List<String> more = new ArrayList<>(headers);
    more.add(header);
    return withHeaders(more);
  }

  HttpMessage without(String header) {
    return withHeaders(headers.stream().filter(line -> !line.startsWith(header + ":")).toList());
  }

  HttpMessage withBody(String octets) {
    return new HttpMessage(method, target, headers, Optional.of(octets), framing);
  }

  HttpMessage withText(String text) {
    return withBody(new String(text.getBytes(UTF_8), ISO_8859_1));
  }

  HttpMessage framed(Framing other) {
    return new HttpMessage(method, target, headers, body, other);
  }

  byte[] octets() {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    headers.forEach(line -> head.append(line).append("\r\n"));
    body.ifPresent(octets -> head.append(framing.header(octets.length())));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes((head + "\r\n").getBytes(ISO_8859_1));
    body.ifPresent(octets -> framing.write(octets.getBytes(ISO_8859_1), out));
    return out.toByteArray();
  }

  /** To be sent again by hand, cut where it is long. */
  @Override
  public String toString() {
    String all = new String(octets(), ISO_8859_1);
    return all.substring(0, Math.min(all.length(), SHOWN))
        .replace("\0", "\\0")
        .concat(all.length() > SHOWN ? "... " + all.length() + " octets" : "");
  }
}
