package tocsin.demo;

import org.jspecify.annotations.Nullable;

/** Tells from what a message says which update it tells; nothing else is asked or trusted. */
@FunctionalInterface
public interface Recognition {

  /** Knows none. */
  Recognition NONE = words -> null;

  /** Null for words that belong to no update. */
  @Nullable Telling of(String words);
}
