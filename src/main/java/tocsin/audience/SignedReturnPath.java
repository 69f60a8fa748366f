package tocsin.audience;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A return path of its own for each mail, {@code b.<delivery>.<day>.<mac>@domain}, so that a bounce
 * says which mail it is about, and nobody can make one up. Lower-case letters, digits, dots and
 * hyphens only: relays may change the case.
 */
public final class SignedReturnPath implements ReturnPath {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int MAC_BYTES = 10;
  private static final long DAYS_GOOD = 10;
  private static final long SECONDS_A_DAY = Duration.ofDays(1).toSeconds();
  private static final Pattern LOCAL =
      Pattern.compile("b\\.(?<id>[0-9a-z-]{1,24})\\.(?<day>[0-9]{1,6})\\.(?<mac>[a-z2-7]{16})");

  /** Never fed itself: to copy it is cheaper than to look one up. */
  private final Mac keyed;

  private final String domain;

  /**
   * @param domain in lower case; what is sent there must reach this gateway
   */
  public SignedReturnPath(byte[] key, String domain) {
    try {
      this.keyed = Mac.getInstance(ALGORITHM);
      keyed.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
    this.domain = domain;
  }

  @Override
  public String of(DeliveryId id, Instant now) {
    return address(id.toString().replace('_', '-'), day(now));
  }

  /**
   * As {@link #named}, of updates only: a notice's mailbox need not be the subscriber's address.
   */
  public Optional<DeliveryId> delivery(String address, Instant now) {
    return named(address, now).filter(DeliveryId::isOfAnUpdate);
  }

  /**
   * The mail that a bounce to that address is about; empty if this key has not made the address, if
   * it is older than ten days, or from the future.
   */
  public Optional<DeliveryId> named(String address, Instant now) {
    String lower = address.toLowerCase(Locale.ROOT);
    int at = lower.lastIndexOf('@');
    Matcher local = LOCAL.matcher(lower.substring(0, Math.max(at, 0)));
    if (!local.matches() || !lower.substring(at + 1).equals(domain)) {
      return Optional.empty();
    }
    String id = local.group("id");
    long day = Long.parseLong(local.group("day"));
    boolean genuine =
        MessageDigest.isEqual(lower.getBytes(US_ASCII), address(id, day).getBytes(US_ASCII));
    long age = day(now) - day;
    return genuine && age >= 0 && age <= DAYS_GOOD
        ? DeliveryId.parse(id.replace('-', '_'))
        : Optional.empty();
  }

  String address(String id, long day) {
    return "b." + id + "." + day + "." + mac(id, day) + "@" + domain;
  }

  private static long day(Instant now) {
    return Math.floorDiv(now.getEpochSecond(), SECONDS_A_DAY);
  }

  private String mac(String id, long day) {
    try {
      Mac mac = (Mac) keyed.clone();
      byte[] whole = mac.doFinal(("1|" + id + "|" + day).getBytes(US_ASCII));
      return Base32.of(Arrays.copyOf(whole, MAC_BYTES));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's own " + ALGORITHM + " can be copied", e);
    }
  }
}
