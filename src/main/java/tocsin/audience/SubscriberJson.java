package tocsin.audience;

import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Problem;
import tocsin.incident.Problem.FieldError;
import tocsin.incident.Slug;

/** Subscribers as JSON: what the API and the import read, and what the API and the export print. */
public final class SubscriberJson {
  private static final int MOST_SUBSCRIPTIONS = 20;
  private static final Set<String> FIELDS =
      Stream.concat(
              SubscriptionJson.FIELDS.stream(),
              Stream.of(
                  "channel",
                  "address",
                  "locale",
                  "timeZone",
                  "customer",
                  "subscriptions",
                  "updates",
                  "dialect",
                  "signature",
                  "contact",
                  "shared",
                  "consent",
                  "secret"))
          .collect(Collectors.toUnmodifiableSet());

  private final WebhookRules webhooks;
  private final InstantSource clock;

  public SubscriberJson(WebhookRules webhooks, InstantSource clock) {
    this.webhooks = webhooks;
    this.clock = clock;
  }

  /** Throws a ProblemException that holds every field error. */
  public Registration parse(JsonObject json) {
    var errors = new ArrayList<FieldError>();
    var fields = new JsonFields(json, "", errors);
    fields.allow(FIELDS);
    Channel channel = fields.channel();
    Address address = fields.address(channel, text -> WebhookUrl.check(text, webhooks));
    String locale = LocalityJson.locale(fields);
    ZoneId zone = LocalityJson.zone(fields);
    String customer = customer(fields);
    List<Subscription> subscriptions = subscriptions(fields);
    UpdateChoice updates = updates(fields, channel);
    WebhookForm form = WebhookFormJson.parse(fields, channel);
    Mailbox mailbox = mailbox(fields, channel);
    Consent consent = ConsentJson.parse(fields, clock.instant());
    String secret = secret(fields, channel);
    if (address == null || !errors.isEmpty()) {
      throw Problem.validation(errors).exception();
    }
    return new Registration(
        address, locale, zone, customer, subscriptions, updates, form, mailbox, consent, secret);
  }

  /**
   * The subscriber after a merge patch (RFC 7396). A patch that holds {@code subscriptions}
   * replaces the flat lists. Throws a ProblemException that holds every field error.
   */
  public Registration patched(Subscriber subscriber, JsonObject patch) {
    JsonObject merged = printed(subscriber);
    if (patch.getValue("subscriptions") != null) {
      SubscriptionJson.FIELDS.forEach(merged::remove);
    }
    Registration registration = parse(MergePatch.apply(merged, patch));
    if (registration.channel() != subscriber.channel()) {
      throw Problem.validation("channel", "cannot change; create another subscriber").exception();
    }
    return registration;
  }

  /** With id, standing and consent, without secrets. */
  public static JsonObject print(Subscriber subscriber) {
    JsonObject json = new JsonObject().put("id", subscriber.id()).mergeIn(printed(subscriber));
    if (subscriber.publicKey() != null) {
      json.put("publicKey", subscriber.publicKey());
    }
    return json.put("standing", subscriber.standing().word())
        .put("createdAt", subscriber.createdAt().toString());
  }

  /** In the form of {@link #parse}. */
  static JsonObject printed(Subscriber subscriber) {
    var json =
        new JsonObject()
            .put("channel", subscriber.channel().word())
            .put("address", subscriber.address())
            .put("locale", subscriber.locale())
            .put("timeZone", subscriber.zone().getId());
    if (subscriber.customer() != null) {
      json.put("customer", subscriber.customer());
    }
    List<Subscription> subscriptions = subscriber.subscriptions();
    if (subscriptions.size() == 1) {
      json.mergeIn(SubscriptionJson.print(subscriptions.getFirst()));
    } else {
      json.put("subscriptions", SubscriptionJson.print(subscriptions));
    }
    if (subscriber.channel() == Channel.WEBHOOK) {
      json.put("updates", subscriber.updates().word());
      WebhookFormJson.print(subscriber.form(), json);
    }
    if (subscriber.mailbox().isShared()) {
      json.put("shared", true);
    }
    return json.put("consent", ConsentJson.print(subscriber.consent()));
  }

  private static @Nullable String customer(JsonFields fields) {
    String id = fields.text("customer");
    if (id != null && !Slug.is(id)) {
      fields.wrong("customer", "must be " + Slug.FORM);
    }
    return id;
  }

  private static List<Subscription> subscriptions(JsonFields fields) {
    if (!fields.has("subscriptions")) {
      return List.of(SubscriptionJson.parse(fields));
    }
    if (SubscriptionJson.FIELDS.stream().anyMatch(fields::has)) {
      fields.wrong(
          "subscriptions", "stands instead of components, regions, segments and minImpact");
      return List.of();
    }
    var subscriptions = new ArrayList<Subscription>();
    for (JsonFields entry : fields.objects("subscriptions", MOST_SUBSCRIPTIONS)) {
      entry.allow(SubscriptionJson.FIELDS);
      subscriptions.add(SubscriptionJson.parse(entry));
    }
    return subscriptions;
  }

  private static UpdateChoice updates(JsonFields fields, @Nullable Channel channel) {
    String word = fields.text("updates");
    if (word == null) {
      return UpdateChoice.LATEST;
    }
    if (channel != null && channel != Channel.WEBHOOK) {
      fields.wrong("updates", "is for webhooks only");
    }
    Optional<UpdateChoice> choice = UpdateChoice.of(word);
    if (choice.isEmpty()) {
      fields.wrong("updates", "must be every or latest");
    }
    return choice.orElse(UpdateChoice.LATEST);
  }

  private static Mailbox mailbox(JsonFields fields, @Nullable Channel channel) {
    Mailbox mailbox = Mailbox.of(fields.flag("shared"));
    if (mailbox.isShared() && channel != null && channel != Channel.EMAIL) {
      fields.wrong("shared", "is for e-mail addresses only");
    }
    return mailbox;
  }

  private @Nullable String secret(JsonFields fields, @Nullable Channel channel) {
    String secret = fields.text("secret");
    if (secret != null && channel == Channel.WEBHOOK) {
      webhooks.secretComplaint(secret).ifPresent(it -> fields.wrong("secret", it));
    } else if (secret != null) {
      fields.wrong("secret", "is for webhooks only");
    }
    return secret;
  }
}
