package tocsin.demo;

import io.vertx.core.MultiMap;
import java.util.Objects;
import tocsin.audience.Channel;

/**
 * What a reader of the page looks at.
 *
 * @param sequence of the update; 0 for the latest
 * @param number of the arrival; -1 for the first that fits
 */
record Choice(int sequence, Channel channel, int number) {

  /** Anything that cannot be meant is read as nothing chosen. */
  static Choice of(MultiMap query) {
    return new Choice(
        number(query, "update", 0),
        Channel.of(Objects.requireNonNullElse(query.get("channel"), "")).orElse(Channel.EMAIL),
        number(query, "show", -1));
  }

  Choice update(int other) {
    return new Choice(other, channel, -1);
  }

  Choice channel(Channel other) {
    return new Choice(sequence, other, -1);
  }

  Choice arrival(int other) {
    return new Choice(sequence, channel, other);
  }

  /** Relative to the page, the message in view. */
  String link() {
    String show = number < 0 ? "" : "&show=" + number;
    return "?update=" + sequence + "&channel=" + channel.word() + show;
  }

  private static int number(MultiMap query, String name, int otherwise) {
    String text = Objects.requireNonNullElse(query.get(name), "");
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : otherwise;
  }
}
