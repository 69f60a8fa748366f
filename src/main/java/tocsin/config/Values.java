package tocsin.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tocsin.config.Settings.MailFrom;
import tocsin.config.Settings.OnUnknown;
import tocsin.config.Settings.OwnKey;
import tocsin.config.Settings.SmtpTls;

/** What each written value means; one that means nothing fails with what would be right. */
final class Values {
  private static final int SHORTEST_KEY = 16;
  private static final int LONGEST_NAME = 100;
  private static final Pattern SHARE = Pattern.compile("0(?:\\.[0-9]{1,9})?|1(?:\\.0{1,9})?");
  private static final int LONGEST_PUBLIC_URL = 100;
  private static final int MOST_CONNECTIONS = 1_000;
  private static final String RETENTION_FORM = "must be a day or longer, as in P90D or P3Y";
  static final Pattern HOST =
      Pattern.compile(
          "[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern MAILBOX =
      Pattern.compile(
          "(?:\"?(?<name>[^\"<>\\p{Cntrl}]*?)\"?\\s*<)?(?<address>[\\x21-\\x7E&&[^<>(),:;\\\\\"@]]{1,64}@[A-Za-z0-9.-]{1,253})>?");
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final Pattern DOMAIN_PART = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");
  private static final Pattern TAGGED_MAILBOX =
      Pattern.compile("[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*@(?<domain>[^@]+)");
  private static final int LONGEST_DOMAIN = 190;
  private static final int LONGEST_TAGGED = 31;
  private static final Pattern TOPIC =
      Pattern.compile("arn:aws[a-z-]*:sns:[a-z0-9-]{1,30}:[0-9]{12}:[A-Za-z0-9_.-]{1,256}");
  private static final Pattern PUBLIC_KEY = Pattern.compile("[A-Za-z0-9+/]{80,1000}={0,2}");
  private static final Pattern ACCOUNT_SID = Pattern.compile("AC[0-9a-fA-F]{32}");
  private static final Pattern SERVICE_SID = Pattern.compile("MG[0-9a-fA-F]{32}");
  private static final Pattern SMS_SENDER =
      Pattern.compile("\\+[1-9][0-9]{6,14}|[0-9]{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}");

  private static final int MOST_SENDERS = 100;
  private static final int MOST_SEGMENTS = 10;

  private Values() {}

  /** A port to connect to. */
  static int port(String value) {
    return number(value, 1, 65_535);
  }

  /** A port to listen on: 0 is any free one. */
  static int listenPort(String value) {
    return number(value, 0, 65_535);
  }

  static int connections(String value) {
    return number(value, 1, MOST_CONNECTIONS);
  }

  static Duration gather(String value) {
    return duration(value, Duration.ZERO, Duration.ofMinutes(1), "PT2S");
  }

  static Duration drainDelay(String value) {
    return duration(value, Duration.ZERO, Duration.ofMinutes(1), "PT5S");
  }

  static Duration drainTimeout(String value) {
    return duration(value, Duration.ofSeconds(1), Duration.ofMinutes(10), "PT30S");
  }

  private static Duration duration(
      String value, Duration shortest, Duration longest, String example) {
    try {
      Duration length = Duration.parse(value);
      if (length.compareTo(shortest) >= 0 && length.compareTo(longest) <= 0) {
        return length;
      }
    } catch (DateTimeParseException notUnderstood) {
      // as wrong as one that is too long
    }
    throw new IllegalArgumentException(
        "must be " + shortest + " to " + longest + ", as in " + example);
  }

  static Period retention(String value) {
    try {
      Period length = Period.parse(value);
      long days = length.toTotalMonths() * 28 + length.getDays();
      if (Stream.of(length.getYears(), length.getMonths(), length.getDays())
              .allMatch(part -> part >= 0 && part <= 36_500)
          && days > 0) {
        return length;
      }
    } catch (DateTimeParseException | ArithmeticException notUnderstood) {
      throw new IllegalArgumentException(RETENTION_FORM, notUnderstood);
    }
    throw new IllegalArgumentException(RETENTION_FORM);
  }

  private static int number(String value, int least, int most) {
    if (value.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new IllegalArgumentException("expected a number, " + least + " to " + most);
  }

  static String host(String value) {
    return matching(HOST, value, "expected a host name or an address");
  }

  /** Without a slash at the end. */
  static URI baseUrl(String value) {
    String expected = "expected http(s)://host, with a port or a path at most";
    try {
      URI url = new URI(value.replaceAll("/+$", ""));
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      String bare = url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
      if (web
          && url.getHost() != null
          && url.getRawUserInfo() == null
          && bare.equals(url.toString())) {
        return url;
      }
      throw new IllegalArgumentException(expected);
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException(expected, malformed);
    }
  }

  /** As above, and short enough for the links in text messages. */
  static URI publicUrl(String value) {
    URI url = baseUrl(value);
    if (url.toASCIIString().length() > LONGEST_PUBLIC_URL) {
      throw new IllegalArgumentException(
          "expected at most "
              + LONGEST_PUBLIC_URL
              + " characters, as links in text messages begin with it");
    }
    return url;
  }

  /** A host name of at least two labels. */
  static String qualifiedName(String value) {
    String expected = "expected a host name with a domain, such as tocsin.example.com";
    if (!isQualified(matching(DOMAIN_PART, value, expected))) {
      throw new IllegalArgumentException(expected);
    }
    return value.toLowerCase(Locale.ROOT);
  }

  /** Not an address either. */
  static boolean isQualified(String host) {
    return DOMAIN_PART.matcher(host).matches()
        && host.length() <= LONGEST_DOMAIN
        && host.matches(".*\\.[^.]*[A-Za-z][^.]*");
  }

  static Path path(String value) {
    try {
      return Path.of(value);
    } catch (InvalidPathException unusable) {
      throw new IllegalArgumentException("expected a path", unusable);
    }
  }

  static Path folder(String value) {
    Path folder = path(value);
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("expected a folder that is there");
    }
    return folder;
  }

  static Secret longKey(String value) {
    if (value.length() < SHORTEST_KEY) {
      throw new IllegalArgumentException(
          "expected at least "
              + SHORTEST_KEY
              + " characters; openssl rand -hex 32 makes a good one");
    }
    return new Secret(value);
  }

  static Path file(String value) {
    Path file = path(value);
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException("expected a file that can be read");
    }
    return file;
  }

  static double share(String value) {
    return Double.parseDouble(
        matching(SHARE, value, "expected a number from 0 to 1, such as 0.01"));
  }

  static OwnKey ownKey(String value) {
    return switch (value) {
      case "accepted" -> OwnKey.ACCEPTED;
      case "refused" -> OwnKey.REFUSED;
      default -> throw new IllegalArgumentException("expected accepted or refused");
    };
  }

  static SmtpTls smtpTls(String value) {
    return Stream.of(SmtpTls.values())
        .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(value))
        .findAny()
        .orElseThrow(
            () -> new IllegalArgumentException("expected off, optional, required or implicit"));
  }

  static MailFrom mailFrom(String value) {
    Matcher mailbox = MAILBOX.matcher(value);
    boolean bracketed = value.endsWith(">");
    if (!mailbox.matches() || bracketed != value.contains("<")) {
      throw new IllegalArgumentException(
          "expected an address in ASCII (a domain in its form xn--...), or Name <address>");
    }
    String name = mailbox.group("name") == null ? "" : mailbox.group("name").strip();
    if (name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "expected a name of at most " + LONGEST_NAME + " characters");
    }
    return new MailFrom(mailbox.group("address"), name);
  }

  /** A name within a domain, such as a selector of DKIM. */
  static String domainPart(String value) {
    return matching(DOMAIN_PART, value, "expected letters, digits, hyphens and dots")
        .toLowerCase(Locale.ROOT);
  }

  static String domain(String value) {
    String expected = "expected a domain such as example.com, in ASCII";
    String domain = matching(DOMAIN_PART, value, expected).toLowerCase(Locale.ROOT);
    if (domain.length() > LONGEST_DOMAIN || domain.indexOf('.') < 0) {
      throw new IllegalArgumentException(expected);
    }
    return domain;
  }

  /** A mailbox that still is one when a tag of 32 characters is put behind its local part. */
  static String mailbox(String value) {
    Matcher mailbox = TAGGED_MAILBOX.matcher(value);
    if (!mailbox.matches() || value.indexOf('@') > LONGEST_TAGGED) {
      throw new IllegalArgumentException(
          "expected an address such as leave@example.com, with no tag and at most "
              + LONGEST_TAGGED
              + " characters before the @");
    }
    return value.substring(0, value.indexOf('@') + 1) + domain(mailbox.group("domain"));
  }

  /** Amazon resource names of SNS topics, with commas between. */
  static List<String> topics(String value) {
    return Arrays.stream(value.split(",", -1))
        .map(String::strip)
        .map(topic ->
            matching(TOPIC, topic, "expected ARNs as in arn:aws:sns:eu-west-1:123456789012:mail"))
        .toList();
  }

  /** In Base64, with or without the lines of PEM around it. */
  static String publicKey(String value) {
    return matching(
        PUBLIC_KEY,
        value.replaceAll("-----[A-Z ]+-----|\\s", ""),
        "expected a public key in Base64, as SendGrid shows it");
  }

  static String accountSid(String value) {
    return matching(ACCOUNT_SID, value, "expected AC and 32 hexadecimal digits");
  }

  static String messagingService(String value) {
    return matching(SERVICE_SID, value, "expected MG and 32 hexadecimal digits");
  }

  /** Numbers, short codes or names, with commas between. */
  static List<String> smsSenders(String value) {
    List<String> senders =
        Arrays.stream(value.split(",", -1)).map(String::strip).map(Values::smsSender).toList();
    if (senders.size() > MOST_SENDERS || Set.copyOf(senders).size() < senders.size()) {
      throw new IllegalArgumentException("expected each sender once, at most " + MOST_SENDERS);
    }
    return senders;
  }

  private static String smsSender(String value) {
    return matching(
        SMS_SENDER, value, "expected a number as in +15005550006, a short code or a sender name");
  }

  static int smsSegments(String value) {
    return number(value, 1, MOST_SEGMENTS);
  }

  static OnUnknown onUnknown(String value) {
    return switch (value) {
      case "drop" -> OnUnknown.DROP;
      case "retry" -> OnUnknown.RETRY;
      default -> throw new IllegalArgumentException("expected drop or retry");
    };
  }

  private static String matching(Pattern form, String value, String expected) {
    if (!form.matcher(value).matches()) {
      throw new IllegalArgumentException(expected);
    }
    return value;
  }
}
