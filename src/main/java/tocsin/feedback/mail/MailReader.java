package tocsin.feedback.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

/**
 * Takes a mail apart as far as it is sound: what comes behind a fault, or a bound, is not read.
 * Enclosed mails stay whole.
 */
final class MailReader {
  private static final int MOST_PARTS = 60;
  private static final int DEEPEST = 8;
  private static final int LONGEST_PART = 64 * 1024;
  private static final MimeConfig BOUNDS =
      new MimeConfig.Builder()
          .setMaxLineLen(-1)
          .setMaxHeaderCount(2_000)
          .setMaxHeaderLen(100_000)
          .build();

  private final MimeTokenStream tokens = new MimeTokenStream(BOUNDS);
  private final Fields header = new Fields();
  private final List<ReadMail.Part> parts = new ArrayList<>();
  private int depth;
  private boolean inRootHeader;

  private MailReader() {
    tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
  }

  static ReadMail read(byte[] octets) {
    MailReader reader = new MailReader();
    reader.tokens.parse(new ByteArrayInputStream(octets));
    try {
      reader.readParts();
    } catch (MimeException | IOException | RuntimeException unsound) {
      return reader.mail();
    }
    return reader.mail();
  }

  private ReadMail mail() {
    return new ReadMail(header, parts);
  }

  private void readParts() throws MimeException, IOException {
    EntityState state = tokens.getState();
    while (state != EntityState.T_END_OF_STREAM && parts.size() < MOST_PARTS && depth <= DEEPEST) {
      take(state);
      state = tokens.next();
    }
  }

  private void take(EntityState state) throws IOException {
    switch (state) {
      case T_START_MESSAGE -> inRootHeader = true;
      case T_END_HEADER -> inRootHeader = false;
      case T_FIELD -> field(tokens.getField());
      case T_START_MULTIPART -> depth++;
      case T_END_MULTIPART -> depth--;
      case T_BODY -> part();
      default -> {}
    }
  }

  private void field(Field field) {
    if (inRootHeader) {
      String value = field.getBody() == null ? "" : field.getBody();
      header.add(
          field.getName(),
          DecoderUtil.decodeEncodedWords(
              value.replaceAll("\\s*[\r\n]+\\s*", " "), StandardCharsets.UTF_8));
    }
  }

  private void part() throws IOException {
    String type = tokens.getBodyDescriptor().getMimeType().toLowerCase(Locale.ROOT);
    if (type.startsWith("text/") || type.startsWith("message/")) {
      try (InputStream body = tokens.getDecodedInputStream()) {
        byte[] octets = body.readNBytes(LONGEST_PART);
        String text = new String(octets, charset(tokens.getBodyDescriptor().getCharset()));
        parts.add(new ReadMail.Part(type, text.replace("\r\n", "\n")));
      }
    }
  }

  private static Charset charset(String name) {
    try {
      Charset named = name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
      return named.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : named;
    } catch (IllegalArgumentException unknown) {
      return StandardCharsets.UTF_8;
    }
  }
}
