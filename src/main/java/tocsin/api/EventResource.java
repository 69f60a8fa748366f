package tocsin.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The account of an update as a stream of server-sent events. */
public final class EventResource implements Resource {
  private static final int MOST_STREAMS = 500;
  private static final String RETRY_SECONDS = "5";

  private final Vertx vertx;
  private final Accounts accounts;
  private final AccountWatches watches;
  private final int mostStreams;
  private final AtomicInteger streams = new AtomicInteger();

  public EventResource(Vertx vertx, Accounts accounts) {
    this(vertx, accounts, MOST_STREAMS);
  }

  /**
   * @param mostStreams at once on this node
   */
  EventResource(Vertx vertx, Accounts accounts, int mostStreams) {
    this.vertx = vertx;
    this.accounts = accounts;
    this.watches = new AccountWatches(vertx, accounts);
    this.mostStreams = mostStreams;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("streamAccount", this::stream);
  }

  /** How many streams are open. */
  int streams() {
    return streams.get();
  }

  /** How many updates are looked at for them. */
  int watched() {
    return watches.size();
  }

  private Future<Answer> stream(Call call) {
    return accounts.update(call).compose(accounts::of).map(first -> answer(call, first));
  }

  private Answer answer(Call call, AccountDocument first) {
    if (streams.incrementAndGet() > mostStreams) {
      streams.decrementAndGet();
      throw new Refusal(
          ProblemType.UNAVAILABLE,
          "this node has " + mostStreams + " event streams already",
          Map.of("Retry-After", RETRY_SECONDS));
    }
    return new Answer.Events(response -> {
      // a connection that is not read from does not show that it was closed
      call.request().resume();
      return new AccountStream(response)
          .run(vertx, watches, first)
          .onComplete(over -> streams.decrementAndGet());
    });
  }
}
