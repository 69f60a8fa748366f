package tocsin.channel.webhook;

/** Hears of every attempt on the thread that made it, and does not hold it up. */
@FunctionalInterface
public interface AttemptListener {
  void attempted(Attempt attempt);
}
