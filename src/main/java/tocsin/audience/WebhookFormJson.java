package tocsin.audience;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields {@code dialect} and {@code signature} of a webhook. */
final class WebhookFormJson {
  private static final String DIALECT = "dialect";
  private static final String SIGNATURE = "signature";
  private static final String CONTACT = "contact";

  private WebhookFormJson() {}

  static WebhookForm parse(JsonFields fields, @Nullable Channel channel) {
    return new WebhookForm(
        word(fields, channel, DIALECT, "native, statuspage, slack or teams", Dialect::of)
            .orElse(WebhookForm.USUAL.dialect()),
        word(fields, channel, SIGNATURE, "v1, v1a or both", SignatureScheme::of)
            .orElse(WebhookForm.USUAL.signature()),
        contact(fields, channel));
  }

  static void print(WebhookForm form, JsonObject json) {
    json.put(DIALECT, form.dialect().word()).put(SIGNATURE, form.signature().word());
    if (form.contact() != null) {
      json.put(CONTACT, form.contact());
    }
  }

  private static @Nullable String contact(JsonFields fields, @Nullable Channel channel) {
    String text = fields.text(CONTACT);
    if (text == null) {
      return null;
    }
    if (channel != null && channel != Channel.WEBHOOK) {
      fields.wrong(CONTACT, "is for webhooks only");
    }
    return switch (EmailAddress.check(text)) {
      case Address address -> EmailAddress.wire(address.text());
      case AddressCheck.Refused refused -> {
        fields.wrong(CONTACT, refused.detail());
        yield null;
      }
    };
  }

  private static <T> Optional<T> word(
      JsonFields fields,
      @Nullable Channel channel,
      String name,
      String known,
      Function<String, Optional<T>> reading) {
    String word = fields.text(name);
    if (word == null) {
      return Optional.empty();
    }
    if (channel != null && channel != Channel.WEBHOOK) {
      fields.wrong(name, "is for webhooks only");
    }
    Optional<T> read = reading.apply(word);
    if (read.isEmpty()) {
      fields.wrong(name, "must be " + known);
    }
    return read;
  }
}
