package tocsin.render;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a signature of one prepared mail covers, in canonical form: every header, and those that
 * readers show once more, so that nobody can add another. Made once; only the slots differ.
 */
final class DkimTemplate {
  private static final List<String> NOT_TWICE = List.of("From", "To", "Subject", "Date");

  private final DkimSigner signer;
  private final List<String> names;
  private final Slotted headers;
  private final Slotted body;

  private DkimTemplate(DkimSigner signer, List<String> names, Slotted headers, Slotted body) {
    this.signer = signer;
    this.names = List.copyOf(names);
    this.headers = headers;
    this.body = body;
  }

  /**
   * @param mail octets as ISO-8859-1, with the signs of the slots
   */
  static DkimTemplate of(DkimSigner signer, String mail) {
    List<String> present = DkimText.headers(mail);
    Collections.reverse(present);
    List<String> names = new ArrayList<>();
    StringBuilder canonical = new StringBuilder();
    for (String header : present) {
      names.add(DkimText.name(header));
      canonical.append(DkimText.relaxedHeader(header)).append("\r\n");
    }
    return new DkimTemplate(
        signer,
        Stream.concat(names.stream(), NOT_TWICE.stream()).toList(),
        Slotted.of(canonical.toString()),
        Slotted.of(DkimText.relaxedBody(DkimText.body(mail))));
  }

  /** Whole header lines, to stand before the mail. */
  byte[] signatures(SlotContents contents, Instant now) {
    MessageDigest digest = DkimSigner.sha256();
    body.fill(contents, digest::update);
    ByteArrayOutputStream signed = new ByteArrayOutputStream(2048);
    headers.fill(contents, signed::writeBytes);
    return signer.signatures(names, signed.toByteArray(), digest.digest(), now);
  }
}
