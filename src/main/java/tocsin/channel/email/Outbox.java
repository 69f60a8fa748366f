package tocsin.channel.email;

import org.jspecify.annotations.Nullable;

/** Where connections find what to send. */
interface Outbox {

  /** The next letter, taken; null when none waits. */
  @Nullable Letter next();

  /** Goes first again, over whichever connection. */
  void giveBack(Letter letter);
}
