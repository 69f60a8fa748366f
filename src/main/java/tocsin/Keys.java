package tocsin;

import io.vertx.sqlclient.Pool;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import tocsin.api.ApiKeys;
import tocsin.audience.AddressHash;
import tocsin.audience.LinkTokens;
import tocsin.audience.ReturnPath;
import tocsin.audience.SignedReturnPath;
import tocsin.audience.Suppressions;
import tocsin.config.Secret;
import tocsin.config.Settings;
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
    Secret link = settings.linkKey();
    byte[] key =
        link == null
            ? Answer.of(secrets.key("link"))
            : link.value().getBytes(StandardCharsets.UTF_8);
    return new Keys(
        new ApiKeys(pool, admin == null ? null : admin.value(), random),
        new WaysBack(new LinkTokens(key), returnPath(settings.mail(), secrets)),
        new OptInCodes(key),
        new Suppressions(new AddressHash(Answer.of(secrets.key("suppression")))),
        random);
  }

  private static ReturnPath returnPath(Settings.Mail mail, GatewaySecrets secrets) {
    String domain = mail.bounceDomain();
    return domain == null
        ? ReturnPath.fixed(mail.from().address())
        : new SignedReturnPath(Answer.of(secrets.key("bounce")), domain);
  }
}
