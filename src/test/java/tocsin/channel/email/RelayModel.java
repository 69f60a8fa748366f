package tocsin.channel.email;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mail server by the letter of RFC 5321, 2920 and 3030, without sockets, that refuses at random.
 * A transaction keeps what RSET did not clear, so that a client that forgets it mixes up two mails.
 */
final class RelayModel {
  private static final Pattern ID = Pattern.compile("Message-ID: <(d[^@]+)@");

  private final RandomGenerator random;
  private final List<String> taken;
  private final StringBuilder input = new StringBuilder();
  private final StringBuilder output = new StringBuilder();
  private boolean hasSender;
  private @Nullable String recipient;
  private boolean inData;

  /**
   * @param taken gets {@code recipient id} of each mail that it answers for with 250
   */
  RelayModel(RandomGenerator random, List<String> taken) {
    this.random = random;
    this.taken = taken;
  }

  /** Hears that, and says what it has to say. */
  Buffer hear(String octets) {
    input.append(octets);
    while (input.length() > 0 && (inData ? hearContent() : hearCommand())) {
      // one at a time
    }
    Buffer said = Buffer.buffer(output.toString());
    output.setLength(0);
    return said;
  }

  private boolean hearContent() {
    int end = input.charAt(0) == '.' ? 0 : input.indexOf("\r\n.\r\n") + 2;
    if (end == 1 || input.length() < end + 3) {
      return false;
    }
    String content = input.substring(0, end);
    input.delete(0, end + 3);
    inData = false;
    conclude(content);
    return input.length() > 0;
  }

  private boolean hearCommand() {
    int end = input.indexOf("\r\n");
    if (end < 0) {
      return false;
    }
    String line = input.substring(0, end);
    if (line.startsWith("BDAT")) {
      int size = Integer.parseInt(line.split(" ", 3)[1]);
      if (input.length() < end + 2 + size) {
        return false;
      }
      String content = input.substring(end + 2, end + 2 + size);
      input.delete(0, end + 2 + size);
      if (recipient == null) {
        say("503 5.5.1 no valid recipients");
      } else {
        conclude(content);
      }
    } else {
      input.delete(0, end + 2);
      hear(line.split(":", 2)[0], line);
    }
    return input.length() > 0;
  }

  private void hear(String verb, String line) {
    switch (verb) {
      case "MAIL FROM" -> {
        if (hasSender) {
          say("503 5.5.1 nested MAIL");
        } else if (refuses()) {
          say("451 4.3.0 not now");
        } else {
          hasSender = true;
          say("250-2.1.0 sender\r\n250 2.1.0 ok");
        }
      }
      case "RCPT TO" -> {
        if (!hasSender) {
          say("503 5.5.1 no sender");
        } else if (refuses()) {
          say("550 5.1.1 user unknown");
        } else {
          recipient = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
          say("250 2.1.5 ok");
        }
      }
      case "DATA" -> {
        if (recipient == null && random.nextBoolean()) {
          say("554 5.5.1 no valid recipients");
        } else if (recipient != null && refuses()) {
          say("451 4.3.0 no room");
        } else {
          inData = true;
          say("354 go on");
        }
      }
      case "RSET" -> {
        clear();
        say("250 2.0.0 ok");
      }
      case "QUIT" -> say("221 2.0.0 bye");
      default -> throw new AssertionError("not a command: " + line);
    }
  }

  private void conclude(String content) {
    if (recipient == null) {
      say("554 5.5.1 no valid recipients");
    } else if (refuses()) {
      say("554 5.7.1 spam");
    } else {
      Matcher id = ID.matcher(content);
      if (!id.find()) {
        throw new AssertionError("no mail: " + content);
      }
      taken.add(recipient + " " + id.group(1));
      say("250 2.0.0 queued as " + id.group(1));
    }
    clear();
  }

  private void clear() {
    hasSender = false;
    recipient = null;
  }

  private boolean refuses() {
    return random.nextInt(6) == 0;
  }

  private void say(String reply) {
    output.append(reply).append("\r\n");
  }
}
