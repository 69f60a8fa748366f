package tocsin.pages;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tocsin.audience.Channel;
import tocsin.audience.Dialect;
import tocsin.incident.Problem.FieldError;

/**
 * What stands in the form of {@code /subscribe}, and what it means.
 *
 * @param channels that people may choose
 * @param brand whom they agree to hear from
 */
record SubscribeForm(Set<Channel> channels, String brand) {
  /** In the order of the page. */
  static final List<String> FIELDS =
      List.of(
          "channel",
          "email",
          "phone",
          "endpoint",
          "contact",
          "pick",
          "timeZone",
          "consent",
          "other");

  /** People do not see it; programs that fill in everything do. */
  static final String TRAP = "topic2";

  private static final List<Dialect> DIALECTS =
      List.of(Dialect.NATIVE, Dialect.SLACK, Dialect.TEAMS);

  SubscribeForm {
    channels = Set.copyOf(channels);
  }

  /** What is missing before anything else is looked at. */
  Faults faults(Typed typed) {
    Set<String> faults = new HashSet<>();
    Optional<Channel> channel = channel(typed);
    if (channel.isEmpty()) {
      faults.add("channel");
    } else if (!typed.has(address(channel.get()))) {
      faults.add(address(channel.get()));
    }
    if (channel.filter(Channel.WEBHOOK::equals).isPresent() && !typed.has("contact")) {
      faults.add("contact");
    }
    if (!typed.text("consent").equals("yes")) {
      faults.add("consent");
    }
    return new Faults(faults);
  }

  /** What the domain says of it, by the fields of the page. */
  Faults faults(Typed typed, List<FieldError> errors) {
    Set<String> faults = new HashSet<>();
    for (FieldError error : errors) {
      String field = error.field().replaceAll("[.\\[].*", "");
      faults.add(
          switch (field) {
            case "address" -> channel(typed).map(SubscribeForm::address).orElse("channel");
            case "subscriptions", "components", "regions" -> "pick";
            default -> FIELDS.contains(field) ? field : "other";
          });
    }
    return new Faults(faults);
  }

  /** As the API takes it. Where nothing is missing. */
  JsonObject registration(Typed typed, Visit visit) {
    Channel channel = channel(typed).orElseThrow();
    JsonObject registration =
        new JsonObject()
            .put("channel", channel.word())
            .put("address", wire(channel, typed.text(address(channel))));
    Wishes.of(typed, visit).put(registration);
    switch (channel) {
      case EMAIL -> registration.put("shared", typed.text("shared").equals("yes"));
      case SMS -> {}
      case WEBHOOK ->
          registration
              .put("contact", typed.text("contact"))
              .put("dialect", typed.has("dialect") ? typed.text("dialect") : Dialect.NATIVE.word());
    }
    return registration;
  }

  void put(Map<String, Object> model, Typed typed, CatalogueLabels labels, Visit visit) {
    Language language = visit.language();
    String chosen = typed.has("channel") ? typed.text("channel") : Channel.EMAIL.word();
    List<Map<String, Object>> choices = new ArrayList<>();
    for (Channel channel : Channel.values()) {
      if (channels.contains(channel)) {
        String words = "subscribe_channel_" + channel.word();
        choices.add(
            Map.of(
                "value", channel.word(),
                "name", language.word(words),
                "hint", language.word(words + "_hint"),
                "checked", channel.word().equals(chosen)));
      }
    }
    model.put("channels", choices);
    model.put("hasEmail", channels.contains(Channel.EMAIL));
    model.put("hasSms", channels.contains(Channel.SMS));
    for (String field : List.of("email", "phone", "endpoint", "contact")) {
      model.put(field, typed.text(field));
    }
    model.put("consented", typed.text("consent").equals("yes"));
    model.put("shared", typed.text("shared").equals("yes"));
    model.put(
        "dialects",
        DIALECTS.stream()
            .map(dialect ->
                Map.of(
                    "value", dialect.word(),
                    "name", language.word("subscribe_dialect_" + dialect.word()),
                    "selected", dialect.word().equals(typed.text("dialect"))))
            .toList());
    model.put("smsTerms", language.word("subscribe_sms_terms").replace("{brand}", brand));
    model.put("consentWords", language.word("subscribe_consent_words").replace("{brand}", brand));
    Wishes.of(typed, visit).put(model, labels, visit);
  }

  private Optional<Channel> channel(Typed typed) {
    return Channel.of(typed.text("channel")).filter(channels::contains);
  }

  private static String address(Channel channel) {
    return switch (channel) {
      case EMAIL -> "email";
      case SMS -> "phone";
      case WEBHOOK -> "endpoint";
    };
  }

  /** People write numbers with blanks, brackets and 00. */
  private static String wire(Channel channel, String typed) {
    return channel == Channel.SMS
        ? typed.replaceAll("[\\s().\\u00a0/-]", "").replaceFirst("^00", "+")
        : typed;
  }
}
