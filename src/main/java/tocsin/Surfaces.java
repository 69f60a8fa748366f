package tocsin;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import java.net.URI;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tocsin.api.Accounts;
import tocsin.api.Api;
import tocsin.api.AuditResource;
import tocsin.api.CatalogueResource;
import tocsin.api.ClientAddress;
import tocsin.api.ConsentResource;
import tocsin.api.Contract;
import tocsin.api.ControlResource;
import tocsin.api.CustomerResource;
import tocsin.api.DeadLetterResource;
import tocsin.api.DeliveryResource;
import tocsin.api.EndpointResource;
import tocsin.api.EventResource;
import tocsin.api.IncidentResource;
import tocsin.api.KeyResource;
import tocsin.api.LimitResource;
import tocsin.api.OptInResource;
import tocsin.api.ParkedResource;
import tocsin.api.Resource;
import tocsin.api.RightsResource;
import tocsin.api.SecretResource;
import tocsin.api.Stopwatch;
import tocsin.api.SubscriberFiles;
import tocsin.api.SubscriberResource;
import tocsin.api.SuppressionResource;
import tocsin.audience.Channel;
import tocsin.audience.ConsentLog;
import tocsin.audience.Customers;
import tocsin.audience.Erasure;
import tocsin.audience.Evidence;
import tocsin.audience.Preferences;
import tocsin.audience.Recipients;
import tocsin.audience.SecretRotation;
import tocsin.audience.SubscriberExport;
import tocsin.audience.SubscriberImport;
import tocsin.audience.SubscriberJson;
import tocsin.audience.Subscribers;
import tocsin.audience.SuppressionList;
import tocsin.channel.sms.ClosedCountries;
import tocsin.channel.sms.TwilioSignature;
import tocsin.channel.webhook.EndpointRules;
import tocsin.channel.webhook.TargetPolicy;
import tocsin.config.Settings;
import tocsin.delivery.Confirmations;
import tocsin.delivery.DeadLetters;
import tocsin.delivery.Deliveries;
import tocsin.delivery.Endpoints;
import tocsin.delivery.FrozenAudiences;
import tocsin.delivery.LoggedAttempts;
import tocsin.delivery.Parked;
import tocsin.delivery.PersonalData;
import tocsin.delivery.Receipts;
import tocsin.delivery.Replays;
import tocsin.delivery.Requeues;
import tocsin.dispatch.EndpointQuestion;
import tocsin.dispatch.EndpointTest;
import tocsin.feedback.Aftermath;
import tocsin.feedback.HelpText;
import tocsin.feedback.OptOuts;
import tocsin.feedback.TwilioHook;
import tocsin.feedback.TwilioInbound;
import tocsin.feedback.TwilioStatus;
import tocsin.incident.Catalogue;
import tocsin.incident.Controls;
import tocsin.incident.Dimension;
import tocsin.incident.Inbox;
import tocsin.incident.Incidents;
import tocsin.incident.PublicRecord;
import tocsin.limit.Limits;
import tocsin.pages.ConfirmPage;
import tocsin.pages.Feed;
import tocsin.pages.IncidentPage;
import tocsin.pages.OverviewPage;
import tocsin.pages.Pages;
import tocsin.pages.PreferencesLinks;
import tocsin.pages.PreferencesPage;
import tocsin.pages.RightsPage;
import tocsin.pages.SecretPage;
import tocsin.pages.Site;
import tocsin.pages.SubscribePage;
import tocsin.pages.UnsubscribePage;
import tocsin.selfservice.Leaving;
import tocsin.selfservice.OptInAnswers;
import tocsin.selfservice.OptInProofs;
import tocsin.selfservice.OptInRules;
import tocsin.selfservice.OptIns;
import tocsin.store.Audit;

/** Everything that can be reached from outside on the public port. */
final class Surfaces {
  private static final List<String> CALLBACKS =
      List.of("/hooks/twilio/status", "/hooks/twilio/inbound", "/hooks/email/*");

  private final Keys keys;
  private final MeterRegistry metrics;
  private final Audit audit;
  private final Pages pages;
  private final List<Consumer<Router>> callbacks;
  private final List<Consumer<Router>> emailHooks;
  private final ClientAddress addresses;
  private final List<Resource> resources;
  private final Leaving leaving;

  Surfaces(
      Vertx vertx, Settings settings, Pool pool, Keys keys, Engine engine, MeterRegistry metrics) {
    InstantSource clock = InstantSource.system();
    TargetPolicy policy = new TargetPolicy(settings.webhooks().allow(), settings.publicUrl());
    EndpointRules rules = new EndpointRules(policy, keys.random());
    SubscriberJson json = new SubscriberJson(rules, clock);
    Subscribers subscribers = new Subscribers(pool, json, rules, keys.suppressions(), clock);
    Catalogue catalogue = new Catalogue(pool);
    Incidents incidents = new Incidents(pool);
    FrozenAudiences audiences = new FrozenAudiences(pool);
    Deliveries deliveries = new Deliveries(pool, audiences);
    Controls controls = new Controls(pool);
    Accounts accounts = new Accounts(incidents, controls, deliveries, engine.forecasts());
    Endpoints endpoints = new Endpoints(pool);
    Leaving leaving = new Leaving(pool);
    this.addresses = new ClientAddress(settings.http().proxies());
    Site site = new Site(settings.brand(), settings.publicUrl());
    PublicRecord published = new PublicRecord(pool);
    OptInProofs proofs = new OptInProofs(keys.ways().tokens(), keys.codes());
    OptIns optIns = new OptIns(pool, proofs, keys.suppressions(), rules, rules(settings));
    OptInAnswers answers =
        new OptInAnswers(
            pool,
            proofs,
            keys.suppressions(),
            new EndpointQuestion(engine.webhooks(), engine.renderer(), clock, keys.random()));
    Erasure erasure = new Erasure(pool, keys.suppressions());
    PreferencesLinks links =
        new PreferencesLinks(keys.ways().tokens(), new Preferences(pool, json, rules), addresses);
    this.pages =
        new Pages(
            site,
            addresses,
            clock,
            List.of(
                new OverviewPage(published, catalogue, site, clock)::mount,
                new IncidentPage(incidents, catalogue, site, clock)::mount,
                new Feed(published, catalogue, site)::mount,
                new SubscribePage(optIns, json, catalogue, addresses, channels(settings), site)
                    ::mount,
                new ConfirmPage(answers, catalogue, addresses, site)::mount,
                new PreferencesPage(links, catalogue, site)::mount,
                new SecretPage(links, site)::mount,
                new RightsPage(links, leaving, new PersonalData(pool, deliveries), erasure, site)
                    ::mount,
                new UnsubscribePage(keys.ways().tokens(), leaving, addresses, site)::mount));
    this.leaving = leaving;
    this.callbacks =
        callbacks(
            settings.twilio().tokens(),
            settings.publicUrl(),
            pool,
            new OptOuts(pool, keys.suppressions()),
            new Aftermath(pool, subscribers, new Requeues(pool, audiences), clock, metrics),
            engine.unregistered(),
            answers,
            new HelpText(settings.brand().name(), settings.publicUrl()));
    this.emailHooks =
        EmailHooks.of(vertx, settings.feedback(), pool, engine.mailEvents(), this::unsubscribe);
    this.keys = keys;
    this.metrics = metrics;
    this.audit = new Audit(pool);
    this.resources =
        List.of(
            new CatalogueResource(catalogue, Dimension.COMPONENT, "Component"),
            new CatalogueResource(catalogue, Dimension.REGION, "Region"),
            new CustomerResource(new Customers(pool)),
            new SubscriberResource(subscribers, json, endpoints),
            new EndpointResource(
                subscribers,
                new LoggedAttempts(pool),
                new Recipients(pool),
                new Replays(pool, audiences),
                new EndpointTest(engine.webhooks(), engine.renderer(), clock, keys.random()),
                clock),
            new ConsentResource(subscribers, new ConsentLog(pool)),
            new RightsResource(subscribers, new PersonalData(pool, deliveries), erasure),
            new SuppressionResource(new SuppressionList(pool, keys.suppressions())),
            new OptInResource(optIns, json, settings.optIn().lifetime()),
            new SecretResource(new SecretRotation(pool, rules)),
            new SubscriberFiles(
                new SubscriberImport(vertx, pool, json, rules, keys.suppressions()),
                new SubscriberExport(pool)),
            new IncidentResource(
                new Inbox(pool), incidents, engine.dryRun(), clock, keys.random(), engine.traces()),
            new DeliveryResource(accounts, subscribers, deliveries),
            new ControlResource(accounts, controls),
            new DeadLetterResource(new DeadLetters(pool, audiences)),
            new ParkedResource(new Parked(pool)),
            new EventResource(vertx, accounts),
            new LimitResource(new Limits(pool)),
            new KeyResource(keys.api()),
            new AuditResource(audit));
  }

  /** The subscriber asks to leave, by mail. */
  Future<Void> unsubscribe(int subscriber) {
    return leaving.leave(subscriber, Evidence.of("mail")).mapEmpty();
  }

  /** What people may sign up for by themselves: an endpoint's owner is asked by e-mail. */
  private static Set<Channel> channels(Settings settings) {
    Set<Channel> channels = EnumSet.noneOf(Channel.class);
    if (settings.smtp().host() != null) {
      channels.addAll(EnumSet.of(Channel.EMAIL, Channel.WEBHOOK));
    }
    if (settings.twilio().accountSid() != null) {
      channels.add(Channel.SMS);
    }
    return channels;
  }

  private static OptInRules rules(Settings settings) {
    return new OptInRules(
        settings.optIn().perHour(), settings.optIn().lifetime(), settings.sms().countries());
  }

  /** Fails where the contract and the resources disagree. */
  List<Consumer<Router>> routes(Contract contract) {
    Api api =
        Api.of(contract, keys.api(), addresses, audit, resources, metrics, InstantSource.system());
    return Stream.concat(
            Stream.<Consumer<Router>>of(this::measure, api::mount, pages::mount),
            Stream.concat(callbacks.stream(), emailHooks.stream()))
        .toList();
  }

  private void measure(Router router) {
    Stream.concat(Pages.PATHS.stream(), CALLBACKS.stream())
        .forEach(path -> router.route(path).handler(Stopwatch.of(path, metrics)));
  }

  private static List<Consumer<Router>> callbacks(
      List<String> tokens,
      URI publicUrl,
      Pool pool,
      OptOuts optOuts,
      Aftermath aftermath,
      ClosedCountries unregistered,
      OptInAnswers answers,
      HelpText help) {
    if (tokens.isEmpty()) {
      return List.of();
    }
    TwilioHook hook = new TwilioHook(new TwilioSignature(tokens.toArray(String[]::new)), publicUrl);
    return List.of(
        new TwilioStatus(hook, new Receipts(pool), new Confirmations(pool), aftermath, unregistered)
            ::mount,
        new TwilioInbound(hook, optOuts, answers, help)::mount);
  }
}
