package tocsin.dispatch;

import java.util.List;

/** What is to be told to single people, durably. */
@FunctionalInterface
public interface Outbox {
  /** Claims some of what is due, each with what deals with it and blocks meanwhile. Blocks. */
  List<Runnable> claim();
}
