package tocsin.dispatch;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tocsin.audience.Recipient;
import tocsin.limit.Demand;
import tocsin.limit.LimitKey;
import tocsin.limit.Limiter;
import tocsin.render.Prepared;
import tocsin.render.PreparedEmail;
import tocsin.render.PreparedSms;
import tocsin.render.PreparedWebhook;

/**
 * The limits that one send falls under, from the provider's account to the recipient's endpoint.
 *
 * @param all in that order
 * @param shared so many of the first are shared by the whole lane
 */
record Demands(List<Demand> all, int shared) {
  private static final Demand EMAIL = new Demand("email", 1);
  private static final Demand SMS = new Demand("sms", 1);
  private static final Demand WEBHOOK = new Demand("webhook", 1);

  static Demands of(Recipient recipient, Prepared prepared, SenderPool senders) {
    return switch (prepared) {
      case PreparedEmail mail -> email(recipient.address());
      case PreparedSms text -> sms(recipient.address(), text.segments(), senders);
      case PreparedWebhook event ->
          new Demands(
              List.of(
                  WEBHOOK,
                  new Demand(LimitKey.webhookHost(host(recipient.address())), 1),
                  new Demand(LimitKey.webhookEndpoint(recipient.id()), 1)),
              1);
    };
  }

  static Demands email(String address) {
    return new Demands(List.of(EMAIL, new Demand(LimitKey.emailDomain(address), 1)), 1);
  }

  static Demands sms(String number, int segments, SenderPool senders) {
    return new Demands(
        List.of(SMS, new Demand(LimitKey.smsSender(senders.senderOf(number)), segments)),
        senders.all().size() == 1 ? 2 : 1);
  }

  /**
   * As {@link #all}, with what those behind this one want too.
   *
   * @param ofLane how many in the lane, this one included
   * @param ofLine how many in its line
   */
  List<Demand> wanting(int ofLane, int ofLine) {
    List<Demand> wanting = new ArrayList<>(all.size());
    for (int i = 0; i < all.size(); i++) {
      Demand one = all.get(i);
      int waiting = i < shared ? ofLane : ofLine;
      wanting.add(new Demand(one.key(), one.permits(), one.permits() * waiting));
    }
    return wanting;
  }

  boolean isShared(String key) {
    for (int i = 0; i < shared; i++) {
      if (all.get(i).key().equals(key)) {
        return true;
      }
    }
    return false;
  }

  /** The narrowest limit that is set for this send alone or its host; empty if none is. */
  String narrowest(Limiter limiter) {
    for (int i = all.size() - 1; i >= shared; i--) {
      if (limiter.limits(all.get(i).key())) {
        return all.get(i).key();
      }
    }
    return "";
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
