package tocsin.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Channel;
import tocsin.delivery.Account;

/** What the demo prints: a line that programs read per fact, and a few that people read. */
final class Programme {
  private static final int MOST_DIFFERENCES = 20;
  private static final DateTimeFormatter POSTED =
      DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH);

  private final PrintStream out;

  Programme(PrintStream out) {
    this.out = out;
  }

  void begins(DemoWorld world) {
    print(
        "A customer base of %d subscribers of %d customers in %d regions joins the gateway..."
            .formatted(
                world.subscribers().size(), world.customers().size(), world.regions().size()));
  }

  void told(Played update) {
    Reckoning reckoning = update.reckoning();
    print("");
    print(
        "Update %d of %s, %s: %d told, the first after %s, the last after %s"
            .formatted(
                update.sequence(),
                original(update.posted()),
                update.step().update().getString("status"),
                reckoning.sent(),
                since(reckoning, reckoning.firstSentAt()),
                since(reckoning, reckoning.lastSentAt())));
    for (Channel channel : Channel.values()) {
      print(account(update.sequence(), channel, reckoning.on(channel)));
    }
  }

  /**
   * @param received messages by home region of whoever received them
   */
  void received(Set<String> regions, Map<String, Long> received) {
    print("");
    regions.stream()
        .sorted()
        .map(region ->
            "received region=%s messages=%d".formatted(region, received.getOrDefault(region, 0L)))
        .forEach(this::print);
  }

  void ends(Verdict verdict, int messages, Duration took) {
    verdict.differences().stream()
        .limit(MOST_DIFFERENCES)
        .map(Difference::toString)
        .forEach(this::print);
    int more = verdict.differences().size() - MOST_DIFFERENCES;
    if (more > 0) {
      print("and " + more + " more");
    }
    print(
        "demo result=%s messages=%d expected=%d differences=%d took=%.1fs"
            .formatted(
                verdict.isOk() ? "ok" : "failed",
                messages,
                verdict.expected(),
                verdict.differences().size(),
                took.toMillis() / 1000.0));
  }

  void fails(String why) {
    print("demo result=failed reason=\"%s\"".formatted(why));
  }

  private static String account(int sequence, Channel channel, Account account) {
    return "account update=%d channel=%s audience=%d sent=%d failed=%d suppressed=%d withdrawn=%d superseded=%d pending=%d"
        .formatted(
            sequence,
            channel.word(),
            account.audience(),
            account.sent(),
            account.failed(),
            account.suppressed(),
            account.withdrawn(),
            account.superseded(),
            account.pending());
  }

  /** In one write, so that no line of a log comes between. */
  private void print(String line) {
    out.print(line + "\n");
    out.flush();
  }

  private static String original(@Nullable OffsetDateTime posted) {
    return posted == null ? "an unknown time" : POSTED.format(posted);
  }

  private static String since(Reckoning reckoning, @Nullable Instant sent) {
    return sent == null
        ? "never"
        : Duration.between(reckoning.acceptedAt(), sent).toMillis() + " ms";
  }
}
