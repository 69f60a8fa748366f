package tocsin.api;

import java.util.Map;

/** What the API offers of one kind of thing. */
public interface Resource {
  /** By the operation's id in the contract. */
  Map<String, Action> actions();
}
