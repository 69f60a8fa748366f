package tocsin.demo;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Channel;
import tocsin.render.SmsSegments;

/**
 * One message as its recipient sees it; of the three forms exactly one is there.
 *
 * @param to who got it, for people to read
 */
record MessageView(
    String to, @Nullable MailView mail, @Nullable PhoneView phone, @Nullable EventView event) {
  private static final List<String> HEADERS =
      List.of(
          "From",
          "To",
          "Date",
          "Message-ID",
          "In-Reply-To",
          "List-Id",
          "List-Unsubscribe",
          "List-Unsubscribe-Post",
          "Auto-Submitted");
  private static final Pattern JSON =
      Pattern.compile(
          "(?<key>\"(?:\\\\.|[^\"\\\\])*\"(?=\\s*:))|(?<text>\"(?:\\\\.|[^\"\\\\])*\")"
              + "|(?<word>\\b(?:true|false|null)\\b|-?\\b[0-9][0-9.eE+-]*)");

  /** A header of interest. */
  record HeaderView(String name, String value) {}

  /** A mail in its window. */
  record MailView(int number, String subject, List<HeaderView> headers, String text) {}

  /** A phone with the thread of texts so far, the latest first. */
  record PhoneView(String from, List<BubbleView> bubbles) {}

  /** One text. */
  record BubbleView(String text, String note, boolean current) {}

  /** A request as the customer's system got it. */
  record EventView(boolean verified, List<HeaderView> headers, List<TokenView> tokens) {}

  /** A piece of JSON: {@code key}, {@code text}, {@code word} or {@code mark}. */
  record TokenView(String kind, String text) {}

  static MessageView of(Arrival arrival, List<Arrival> all, Chronicle chronicle) {
    String to = Showcase.name(arrival, chronicle) + " (" + Showcase.note(arrival, chronicle) + ")";
    return switch (arrival.content()) {
      case Content.Mail mail -> new MessageView(to, mail(arrival, mail), null, null);
      case Content.Sms sms -> new MessageView(to, null, phone(arrival, sms, all), null);
      case Content.Event event -> new MessageView(to, null, null, event(arrival, event));
      case null -> new MessageView(to, null, null, null);
    };
  }

  private static MailView mail(Arrival arrival, Content.Mail mail) {
    List<HeaderView> headers =
        HEADERS.stream()
            .map(name -> new HeaderView(name, Objects.requireNonNullElse(mail.header(name), "")))
            .filter(header -> !header.value().isEmpty())
            .toList();
    return new MailView(arrival.number(), mail.subject(), headers, mail.text());
  }

  private static PhoneView phone(Arrival arrival, Content.Sms shown, List<Arrival> all) {
    List<BubbleView> bubbles =
        all.reversed().stream()
            .filter(other -> other.channel() == Channel.SMS)
            .filter(other -> other.address().equals(arrival.address()))
            .filter(other -> other.number() <= arrival.number())
            .flatMap(other -> bubble(other, arrival))
            .toList();
    return new PhoneView(shown.from(), bubbles);
  }

  private static Stream<BubbleView> bubble(Arrival arrival, Arrival current) {
    if (!(arrival.content() instanceof Content.Sms sms)) {
      return Stream.empty();
    }
    int segments = SmsSegments.count(sms.text());
    String note =
        "%d characters, %d %s"
            .formatted(sms.text().length(), segments, segments == 1 ? "segment" : "segments");
    return Stream.of(new BubbleView(sms.text(), note, arrival.equals(current)));
  }

  private static EventView event(Arrival arrival, Content.Event event) {
    List<HeaderView> headers =
        List.of(
            new HeaderView("POST", arrival.address()),
            new HeaderView("webhook-id", arrival.id()),
            new HeaderView("webhook-timestamp", event.timestamp()),
            new HeaderView("webhook-signature", event.signature()));
    return new EventView(arrival.verified(), headers, tokens(pretty(event.body())));
  }

  private static String pretty(String body) {
    try {
      return Json.encodePrettily(Json.decodeValue(body));
    } catch (DecodeException e) {
      return body;
    }
  }

  private static List<TokenView> tokens(String json) {
    List<TokenView> tokens = new ArrayList<>();
    Matcher token = JSON.matcher(json);
    int end = 0;
    while (token.find()) {
      tokens.add(new TokenView("mark", json.substring(end, token.start())));
      tokens.add(new TokenView(kind(token), token.group()));
      end = token.end();
    }
    tokens.add(new TokenView("mark", json.substring(end)));
    return tokens;
  }

  private static String kind(Matcher token) {
    return token.group("key") != null ? "key" : token.group("text") != null ? "text" : "word";
  }
}
