package tocsin.channel.webhook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tocsin.config.Cidr;

/**
 * Which webhook URLs we call. A URL is hostile: its text is checked when it is registered and again
 * at each attempt, its addresses at each attempt. What the operator lists (hosts, addresses, CIDR
 * ranges) may be private, plain HTTP, an IP literal and at any port; everything else holds for it
 * too.
 */
public final class TargetPolicy {
  private static final Set<Integer> PORTS = Set.of(443, 8443);
  private static final int MOST_ORIGINS = 10_000;

  private final Set<String> listedHosts = new HashSet<>();
  private final List<Cidr> listedRanges = new ArrayList<>();
  private final String ownHost;
  private final int ownPort;
  private final Set<Integer> ports;

  /** Many endpoints share a few hosts. */
  private final Cache<String, Admission> origins =
      Caffeine.newBuilder().maximumSize(MOST_ORIGINS).build();

  /**
   * @param allow {@code webhook.allow}
   * @param publicUrl where the world reaches us: never a target, or updates would come back to us.
   *     If its host is listed, only its port is refused
   * @throws IllegalArgumentException naming an entry that is neither host, address nor range
   */
  public TargetPolicy(List<String> allow, URI publicUrl) {
    this(allow, publicUrl, PORTS);
  }

  TargetPolicy(List<String> allow, URI publicUrl, Set<Integer> ports) {
    this.ports = ports;
    for (String entry : allow) {
      Cidr.parse(entry)
          .ifPresentOrElse(
              listedRanges::add,
              () ->
                  listedHosts.add(
                      HostName.ascii(entry)
                          .orElseThrow(() ->
                              new IllegalArgumentException(
                                  "webhook.allow: neither host, address nor range: " + entry))));
    }
    String host = publicUrl.getHost() == null ? "" : publicUrl.getHost();
    ownHost = HostName.ascii(host).orElse(host.toLowerCase(Locale.ROOT));
    ownPort =
        publicUrl.getPort() >= 0
            ? publicUrl.getPort()
            : "http".equals(publicUrl.getScheme()) ? 80 : 443;
  }

  /** The text alone; asks no DNS. */
  public Admission check(String url) {
    UrlSyntax.Parts parts = UrlSyntax.split(url);
    Optional<String> complaint = UrlSyntax.complaint(url, parts.path());
    if (complaint.isPresent()) {
      return new Admission.Refused(complaint.get());
    }
    return switch (origins.get(parts.origin(), this::checkOrigin)) {
      case Admission.Refused refused -> refused;
      case Admission.Allowed(Target target) -> new Admission.Allowed(target.at(parts.path()));
    };
  }

  private Admission checkOrigin(String origin) {
    return switch (UrlSyntax.origin(origin)) {
      case Admission.Refused refused -> refused;
      case Admission.Allowed(Target target) -> check(target);
    };
  }

  /** Whether one of the target's addresses may be connected to. */
  boolean permits(Target target, InetAddress address) {
    return listedHosts.contains(target.host())
        || PublicAddress.test(address.getAddress())
        || listed(address);
  }

  private Admission check(Target target) {
    boolean listed =
        target.literal().map(this::listed).orElseGet(() -> listedHosts.contains(target.host()));
    if (target.host().equals(ownHost) && (!listed || target.port() == ownPort)) {
      return new Admission.Refused("must not lead back to this service");
    }
    return listed ? new Admission.Allowed(target) : checkUnlisted(target);
  }

  private Admission checkUnlisted(Target target) {
    if (target.literal().isPresent()) {
      return new Admission.Refused("must have a host name, not an address");
    }
    if (!HostName.looksPublic(target.host())) {
      return new Admission.Refused("must have a public host name");
    }
    if (target.scheme() != Target.Scheme.HTTPS) {
      return new Admission.Refused("must begin with https://");
    }
    if (!ports.contains(target.port())) {
      return new Admission.Refused("must have port 443 or 8443");
    }
    return new Admission.Allowed(target);
  }

  private boolean listed(InetAddress address) {
    byte[] bytes = address.getAddress();
    return listedRanges.stream().anyMatch(range -> range.contains(bytes));
  }
}
