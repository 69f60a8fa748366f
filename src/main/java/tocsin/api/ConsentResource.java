package tocsin.api;

import io.vertx.core.Future;
import java.util.Map;
import tocsin.audience.ConsentLog;
import tocsin.audience.ConsentRecordJson;
import tocsin.audience.Subscribers;

/** {@code /v1/subscribers/{subscriber}/consents}: the proof of what somebody agreed to. */
public final class ConsentResource implements Resource {
  private final Subscribers subscribers;
  private final ConsentLog consents;

  public ConsentResource(Subscribers subscribers, ConsentLog consents) {
    this.subscribers = subscribers;
    this.consents = consents;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("listConsents", this::list);
  }

  private Future<Answer> list(Call call) {
    Page page = Page.of(call);
    long after = page.afterLong();
    return subscribers
        .get(call.number("subscriber"))
        .compose(subscriber -> consents.of(subscriber.id(), after, page.limit()))
        .map(found ->
            page.of(
                call,
                "consents",
                found,
                ConsentRecordJson::print,
                consent -> Long.toString(consent.id())));
  }
}
