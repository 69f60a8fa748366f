package tocsin.audience;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields {@code dialect} and {@code signature} of a webhook. */
final class WebhookFormJson {
  private static final String DIALECT = "dialect";
  private static final String SIGNATURE = "signature";

  private WebhookFormJson() {}

  static WebhookForm parse(JsonFields fields, @Nullable Channel channel) {
    return new WebhookForm(
        word(fields, channel, DIALECT, "native, statuspage, slack or teams", Dialect::of)
            .orElse(WebhookForm.USUAL.dialect()),
        word(fields, channel, SIGNATURE, "v1, v1a or both", SignatureScheme::of)
            .orElse(WebhookForm.USUAL.signature()));
  }

  static void print(WebhookForm form, JsonObject json) {
    json.put(DIALECT, form.dialect().word()).put(SIGNATURE, form.signature().word());
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
