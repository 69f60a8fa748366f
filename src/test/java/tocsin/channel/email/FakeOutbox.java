package tocsin.channel.email;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Letters that wait, and those that came back. */
final class FakeOutbox implements Outbox {
  private final Deque<Letter> waiting = new ArrayDeque<>();
  private final List<Letter> returned = new ArrayList<>();

  Letter add(int subscriber) {
    return add("a" + subscriber + "@example.org", subscriber);
  }

  Letter add(String recipient, int subscriber) {
    Letter letter = new Letter(Mails.to(recipient, subscriber), 0);
    waiting.add(letter);
    return letter;
  }

  List<Letter> returned() {
    return returned;
  }

  void waitAgain() {
    waiting.addAll(returned);
    returned.clear();
  }

  @Override
  public @Nullable Letter next() {
    return waiting.poll();
  }

  @Override
  public void giveBack(Letter letter) {
    returned.add(letter);
  }
}
