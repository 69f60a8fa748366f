package tocsin.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import tocsin.api.ClientAddress;
import tocsin.api.TestGateway;
import tocsin.audience.AddressHash;
import tocsin.audience.Channel;
import tocsin.audience.Erasure;
import tocsin.audience.LinkTokens;
import tocsin.audience.Preferences;
import tocsin.audience.SubscriberJson;
import tocsin.audience.Suppressions;
import tocsin.channel.webhook.EndpointRules;
import tocsin.channel.webhook.TargetPolicy;
import tocsin.config.Settings;
import tocsin.delivery.Deliveries;
import tocsin.delivery.FrozenAudiences;
import tocsin.delivery.PersonalData;
import tocsin.selfservice.EndpointChallenge;
import tocsin.selfservice.Leaving;
import tocsin.selfservice.OptInAnswers;
import tocsin.selfservice.OptInCodes;
import tocsin.selfservice.OptInProofs;
import tocsin.selfservice.OptInRules;
import tocsin.selfservice.OptIns;

/** A brand to test with. */
final class TestSite {
  static final Site ACME = of("Acme Status");

  private TestSite() {}

  static Site of(String name) {
    return new Site(
        new Settings.Brand(
            name,
            null,
            "#1f5c63",
            URI.create("https://www.example.com/"),
            URI.create("https://www.example.com/terms"),
            URI.create("https://www.example.com/privacy"),
            "Acme Inc., 1 Main Street, Springfield"),
        TestGateway.PUBLIC_URL);
  }

  /** With what all pages share. */
  static List<Consumer<Router>> pages(Site site, Function<Site, List<Consumer<Router>>> pages) {
    return List.of(
        new Pages(site, new ClientAddress(List.of()), InstantSource.system(), pages.apply(site))
            ::mount);
  }

  /** What a link to the preferences leads to. */
  static List<Consumer<Router>> preferences(TestGateway gateway, LinkTokens tokens, Site site) {
    EndpointRules rules =
        new EndpointRules(new TargetPolicy(List.of(), TestGateway.PUBLIC_URL), new SecureRandom());
    PreferencesLinks links =
        new PreferencesLinks(
            tokens,
            new Preferences(gateway.pool, new SubscriberJson(rules, InstantSource.system()), rules),
            new ClientAddress(List.of()));
    Deliveries deliveries = new Deliveries(gateway.pool, new FrozenAudiences(gateway.pool));
    Erasure erasure = new Erasure(gateway.pool, new Suppressions(new AddressHash(new byte[32])));
    return List.of(
        new PreferencesPage(links, gateway.catalogue, site)::mount,
        new SecretPage(links, site)::mount,
        new RightsPage(
                links,
                new Leaving(gateway.pool),
                new PersonalData(gateway.pool, deliveries),
                erasure,
                site)
            ::mount);
  }

  /** Where people subscribe, by all channels, and confirm; no endpoint agrees. */
  static List<Consumer<Router>> subscribing(TestGateway gateway, LinkTokens tokens, Site site) {
    EndpointRules rules =
        new EndpointRules(new TargetPolicy(List.of(), TestGateway.PUBLIC_URL), new SecureRandom());
    OptInProofs proofs = new OptInProofs(tokens, new OptInCodes("a key".getBytes(UTF_8)));
    Suppressions suppressions = new Suppressions(new AddressHash(new byte[32]));
    ClientAddress addresses = new ClientAddress(List.of());
    OptIns optIns =
        new OptIns(
            gateway.pool,
            proofs,
            suppressions,
            rules,
            new OptInRules(1_000, Duration.ofDays(2), Set.of()));
    return List.of(
        new SubscribePage(
                optIns,
                new SubscriberJson(rules, InstantSource.system()),
                gateway.catalogue,
                addresses,
                Set.of(Channel.values()),
                site)
            ::mount,
        new ConfirmPage(
                new OptInAnswers(gateway.pool, proofs, suppressions, new NoEndpoint()),
                gateway.catalogue,
                addresses,
                site)
            ::mount,
        new UnsubscribePage(tokens, new Leaving(gateway.pool), addresses, site)::mount);
  }

  private record NoEndpoint() implements EndpointChallenge {
    @Override
    public Future<Optional<String>> echo(Endpoint endpoint) {
      return Future.succeededFuture(Optional.of("nobody is there"));
    }

    @Override
    public Future<Optional<String>> post(Endpoint endpoint, String code) {
      return echo(endpoint);
    }
  }
}
