package tocsin.channel.webhook;

/** Hears of every attempt, on a thread that must not be held up. */
@FunctionalInterface
public interface AttemptListener {
  void attempted(Attempt attempt);
}
