package tocsin.audience;

import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Registrations as the columns of {@link SubscriberUpsert}.
 *
 * @param source of the consent where a registration holds none
 */
record UpsertArrays(List<Registration> registrations, String source, WebhookRules webhooks) {

  Tuple tuple() {
    List<WebhookKeys> keys =
        registrations.stream()
            .map(it -> new WebhookKeys(null, WebhookKeys.pair(it, webhooks)))
            .toList();
    return Tuple.from(
        new Object[] {
          texts(it -> it.channel().word()),
          texts(it -> it.address().text()),
          texts(it -> it.address().key()),
          texts(Registration::locale),
          texts(it -> it.zone().getId()),
          texts(Registration::customer),
          texts(it -> SubscriptionJson.print(it.subscriptions()).encode()),
          texts(Registration::secret),
          texts(it -> it.channel() == Channel.WEBHOOK ? webhooks.newSecret() : null),
          texts(it -> it.consent() == null ? null : it.consent().source()),
          registrations.stream().map(UpsertArrays::consentAt).toArray(OffsetDateTime[]::new),
          texts(it -> it.updates().word()),
          source,
          texts(it -> it.form().dialect().word()),
          texts(it -> it.form().signature().word()),
          texts(keys, WebhookKeys::privateKey),
          texts(keys, WebhookKeys::publicKey),
          texts(it -> it.form().contact()),
          registrations.stream().map(it -> it.mailbox().isShared()).toArray(Boolean[]::new)
        });
  }

  private @Nullable String[] texts(Function<Registration, @Nullable String> column) {
    return texts(registrations, column);
  }

  private static <T> @Nullable String[] texts(List<T> rows, Function<T, @Nullable String> column) {
    @Nullable String[] texts = new @Nullable String[rows.size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = column.apply(rows.get(i));
    }
    return texts;
  }

  private static @Nullable OffsetDateTime consentAt(Registration registration) {
    Consent consent = registration.consent();
    return consent == null ? null : consent.at().atOffset(ZoneOffset.UTC);
  }
}
