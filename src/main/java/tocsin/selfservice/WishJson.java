package tocsin.selfservice;

import io.vertx.core.json.JsonObject;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Address;
import tocsin.audience.Dialect;
import tocsin.audience.Mailbox;
import tocsin.audience.Registration;
import tocsin.audience.SignatureScheme;
import tocsin.audience.SubscriptionJson;
import tocsin.audience.UpdateChoice;
import tocsin.audience.WebhookForm;

/**
 * What an opt-in asks for besides address, language and zone, as it is kept until it is confirmed.
 */
final class WishJson {
  private WishJson() {}

  static JsonObject print(Registration wish) {
    WebhookForm form = wish.form();
    return new JsonObject()
        .put("customer", wish.customer())
        .put("subscriptions", SubscriptionJson.print(wish.subscriptions()))
        .put("updates", wish.updates().word())
        .put("dialect", form.dialect().word())
        .put("signature", form.signature().word())
        .put("shared", wish.mailbox().isShared());
  }

  /** Of what {@link #print} made. */
  static Registration stored(
      Address address,
      String locale,
      ZoneId zone,
      @Nullable String contact,
      @Nullable String secret,
      JsonObject wish) {
    return new Registration(
        address,
        locale,
        zone,
        wish.getString("customer"),
        SubscriptionJson.stored(wish.getJsonArray("subscriptions")),
        UpdateChoice.of(wish.getString("updates")).orElseThrow(),
        new WebhookForm(
            Dialect.of(wish.getString("dialect")).orElseThrow(),
            SignatureScheme.of(wish.getString("signature")).orElseThrow(),
            contact),
        Mailbox.of(wish.getBoolean("shared")),
        null,
        secret);
  }
}
