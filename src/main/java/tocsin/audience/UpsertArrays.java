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
          source
        });
  }

  private @Nullable String[] texts(Function<Registration, @Nullable String> column) {
    @Nullable String[] texts = new @Nullable String[registrations.size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = column.apply(registrations.get(i));
    }
    return texts;
  }

  private static @Nullable OffsetDateTime consentAt(Registration registration) {
    Consent consent = registration.consent();
    return consent == null ? null : consent.at().atOffset(ZoneOffset.UTC);
  }
}
