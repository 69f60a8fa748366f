package tocsin.dispatch;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tocsin.audience.Recipient;
import tocsin.limit.Demand;
import tocsin.limit.LimitKey;
import tocsin.render.Prepared;
import tocsin.render.PreparedEmail;
import tocsin.render.PreparedSms;
import tocsin.render.PreparedWebhook;

/**
 * The limits that one send falls under.
 *
 * @param shared those that the whole lane shares: the provider account, and the one sender of SMS
 * @param own the one of the recipient's domain or host
 */
record Demands(List<Demand> shared, List<Demand> own) {

  static Demands of(Recipient recipient, Prepared prepared, String smsSender) {
    return switch (prepared) {
      case PreparedEmail mail ->
          new Demands(
              List.of(new Demand("email", 1)),
              List.of(new Demand(LimitKey.emailDomain(recipient.address()), 1)));
      case PreparedSms text ->
          new Demands(
              List.of(
                  new Demand("sms", 1), new Demand(LimitKey.smsSender(smsSender), text.segments())),
              List.of());
      case PreparedWebhook event ->
          new Demands(
              List.of(new Demand("webhook", 1)),
              List.of(new Demand(LimitKey.webhookHost(host(recipient.address())), 1)));
    };
  }

  List<Demand> all() {
    return Stream.concat(shared.stream(), own.stream()).toList();
  }

  boolean isShared(String key) {
    return shared.stream().anyMatch(demand -> demand.key().equals(key));
  }

  private static String host(String url) {
    try {
      String host = URI.create(url).getHost();
      return host == null ? "" : host.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
