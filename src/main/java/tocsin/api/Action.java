package tocsin.api;

import io.vertx.core.Future;

/** What an operation does. */
@FunctionalInterface
public interface Action {
  /** Fails with a problem for what the caller did wrong, with anything else for what we did. */
  Future<? extends Answer> answer(Call call);
}
