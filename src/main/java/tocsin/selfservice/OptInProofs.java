package tocsin.selfservice;

import io.vertx.core.Future;
import tocsin.audience.LinkTokens;
import tocsin.audience.LinkTokens.Link;
import tocsin.audience.LinkTokens.Purpose;
import tocsin.incident.Problem;

/**
 * What shows that somebody reads what is sent to an address: the link in a mail, the code in a
 * text.
 */
public record OptInProofs(LinkTokens tokens, OptInCodes codes) {

  String token(int optIn) {
    return tokens.token(Purpose.CONFIRM, optIn);
  }

  /** Fails with NOT_FOUND for what {@link #token} has not made. */
  Future<Integer> optIn(String token) {
    return tokens
        .read(Purpose.CONFIRM, token)
        .map(link -> Future.succeededFuture(link.id()))
        .orElseGet(() -> Future.failedFuture(unknown().exception()));
  }

  String preferences(int subscriber, int version) {
    return tokens.token(Purpose.PREFERENCES, new Link(subscriber, version));
  }

  static Problem unknown() {
    return Problem.notFound("there is no such opt-in");
  }
}
