package tocsin;

import io.vertx.sqlclient.Pool;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import tocsin.api.ApiKeys;
import tocsin.audience.AddressHash;
import tocsin.audience.LinkTokens;
import tocsin.audience.ReturnPath;
import tocsin.audience.SignedReturnPath;
import tocsin.audience.Suppressions;
import tocsin.config.Secret;
import tocsin.config.Settings;
import tocsin.config.Settings.OwnKey;
import tocsin.selfservice.OptInCodes;
import tocsin.selfservice.WaysBack;
import tocsin.store.Answer;
import tocsin.store.GatewaySecrets;

/**
 * What proves who somebody is: callers by API keys, subscribers by the tokens in their links, who
 * is suppressed by a hash.
 */
record Keys(
    ApiKeys api, WaysBack ways, OptInCodes codes, Suppressions suppressions, SecureRandom random) {

  /** Blocks: keys may be the database's. */
  static Keys load(Settings settings, Pool pool, SecureRandom random) {
    GatewaySecrets secrets = new GatewaySecrets(pool, random);
    Secret admin = settings.adminKey();
    byte[][] links = links(settings, Answer.of(secrets.key("link")));
    return new Keys(
        new ApiKeys(pool, admin == null ? null : admin.value(), random),
        new WaysBack(
            new LinkTokens(links[0], Arrays.copyOfRange(links, 1, links.length)),
            returnPath(settings.mail(), secrets)),
        new OptInCodes(links[0]),
        new Suppressions(new AddressHash(Answer.of(secrets.key("suppression")))),
        random);
  }

  /**
   * The first one signs; links that another one signed still work. What was signed before any was
   * set, the database's own key signed, which may have been withdrawn.
   */
  private static byte[][] links(Settings settings, byte[] ofDatabase) {
    Settings.Links links = settings.links();
    Stream<byte[]> set =
        Stream.of(links.key(), links.earlier())
            .filter(Objects::nonNull)
            .map(key -> key.value().getBytes(StandardCharsets.UTF_8));
    Stream<byte[]> own = links.own() == OwnKey.ACCEPTED ? Stream.of(ofDatabase) : Stream.empty();
    return Stream.concat(set, own).toArray(byte[][]::new);
  }

  private static ReturnPath returnPath(Settings.Mail mail, GatewaySecrets secrets) {
    String domain = mail.bounceDomain();
    return domain == null
        ? ReturnPath.fixed(mail.from().address())
        : new SignedReturnPath(Answer.of(secrets.key("bounce")), domain);
  }
}
