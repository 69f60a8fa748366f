package tocsin.pages;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tocsin.audience.Channel;
import tocsin.audience.Dialect;
import tocsin.audience.Subscriber;
import tocsin.audience.Subscription;

/** What a subscriber may change on {@code /preferences}, and what they changed. Pure. */
record PreferencesForm(Subscriber subscriber) {
  /** In the order of the page. */
  static final List<String> FIELDS = List.of("pick", "timeZone", "other");

  private static final List<Dialect> DIALECTS =
      List.of(Dialect.NATIVE, Dialect.SLACK, Dialect.TEAMS);

  /**
   * A merge patch (RFC 7396). Whoever hears of the same as before keeps it to the letter; segments
   * are the operator's to give. A mailbox that is shared stays so, lest one reader end it for all.
   */
  JsonObject patch(Typed typed) {
    Wishes before = Wishes.of(subscriber);
    Wishes after = before.changed(typed);
    JsonObject patch =
        new JsonObject().put("locale", after.locale()).put("timeZone", after.timeZone());
    if (!after.hearsTheSame(before)) {
      patch.put("subscriptions", subscriptions(after));
    }
    if (subscriber.channel() == Channel.EMAIL && typed.text("shared").equals("yes")) {
      patch.put("shared", true);
    }
    if (subscriber.channel() == Channel.WEBHOOK && typed.has("dialect")) {
      patch.put("dialect", typed.text("dialect"));
    }
    return patch;
  }

  /** By the fields of the page. */
  static Faults faults(Set<String> fields) {
    Set<String> faults = new TreeSet<>();
    for (String field : fields) {
      String name = field.replaceAll("[.\\[].*", "");
      faults.add(
          switch (name) {
            case "subscriptions", "components", "regions" -> "pick";
            case "timeZone" -> name;
            default -> "other";
          });
    }
    return new Faults(faults);
  }

  /**
   * @param wishes those on record, or those that were typed
   */
  void put(Map<String, Object> model, Wishes wishes, CatalogueLabels labels, Visit visit) {
    wishes.put(model, labels, visit);
    model.put("guess", false);
    model.put("segments", String.join(", ", segments()));
    model.put("hasSegments", !segments().isEmpty());
    model.put("isEmail", subscriber.channel() == Channel.EMAIL);
    model.put("isWebhook", subscriber.channel() == Channel.WEBHOOK);
    model.put("isSigned", isSigned());
    model.put("isShared", isShared());
    model.put("dialects", dialects(visit.language()));
  }

  boolean isShared() {
    return subscriber.mailbox().isShared();
  }

  boolean isSigned() {
    return subscriber.channel() == Channel.WEBHOOK && !subscriber.form().dialect().isChat();
  }

  private JsonArray subscriptions(Wishes wishes) {
    JsonArray subscriptions = Picks.subscriptions(wishes.picks(), wishes.minImpact());
    if (subscriptions.isEmpty()) {
      subscriptions.add(new JsonObject().put("minImpact", wishes.minImpact()));
    }
    List<String> segments = List.copyOf(segments());
    if (!segments.isEmpty()) {
      for (int i = 0; i < subscriptions.size(); i++) {
        subscriptions.getJsonObject(i).put("segments", new JsonArray(segments));
      }
    }
    return subscriptions;
  }

  /** Those of all subscriptions; empty where one of them has no such bounds. */
  private Set<String> segments() {
    Set<String> segments = new TreeSet<>();
    for (Subscription subscription : subscriber.subscriptions()) {
      Set<String> own = subscription.segments();
      if (own == null) {
        return Set.of();
      }
      segments.addAll(own);
    }
    return segments;
  }

  private List<Map<String, Object>> dialects(Language language) {
    Dialect present = subscriber.form().dialect();
    List<Dialect> choices = new ArrayList<>(DIALECTS);
    if (!choices.contains(present)) {
      choices.add(present);
    }
    return choices.stream()
        .map(dialect ->
            Map.<String, Object>of(
                "value", dialect.word(),
                "name", language.word("subscribe_dialect_" + dialect.word()),
                "selected", dialect == present))
        .toList();
  }
}
