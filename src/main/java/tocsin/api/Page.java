package tocsin.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tocsin.audience.DeliveryId;
import tocsin.delivery.AttemptCursor;
import tocsin.incident.Problem;

/**
 * Which page of a list is asked for.
 *
 * @param limit the most entries
 * @param cursor the last entry of the page before, as {@link #of} was told to name it
 */
record Page(int limit, Optional<String> cursor) {
  private static final int USUAL = 100;

  static Page of(Call call) {
    return new Page(
        call.optional("limit").map(Integer::parseInt).orElse(USUAL), call.optional("cursor"));
  }

  /** Of a list by number; 0 for the first page. */
  int afterNumber() {
    return cursor.map(text -> number(text).orElseThrow(() -> bad().exception())).orElse(0);
  }

  /** Of a list by a number that may be large; 0 for the first page. */
  long afterLong() {
    return cursor.map(text -> longNumber(text).orElseThrow(() -> bad().exception())).orElse(0L);
  }

  /** Of the log of an endpoint. */
  AttemptCursor afterAttempt() {
    return cursor
        .map(text -> AttemptCursor.parse(text).orElseThrow(() -> bad().exception()))
        .orElse(AttemptCursor.START);
  }

  /** Of a list of deliveries; null for the first page. */
  @Nullable DeliveryId afterDelivery() {
    return cursor
        .map(text -> DeliveryId.parse(text).orElseThrow(() -> bad().exception()))
        .orElse(null);
  }

  static Problem bad() {
    return Problem.validation("cursor", "must be the nextCursor of a page before");
  }

  /**
   * The page as an answer. A page that is full has a next one, which may be empty.
   *
   * @param name of the list in the answer
   * @param key names an entry as a cursor
   */
  <T> Answer.Document of(
      Call call,
      String name,
      List<T> entries,
      Function<T, JsonObject> print,
      Function<T, String> key) {
    JsonArray list = new JsonArray();
    entries.forEach(entry -> list.add(print.apply(entry)));
    JsonObject body = new JsonObject().put(name, list);
    if (entries.size() < limit) {
      return Answer.ok(body);
    }
    String next = key.apply(entries.getLast());
    return Answer.ok(body.put("nextCursor", next)).with("Link", link(call, next));
  }

  private String link(Call call, String next) {
    StringBuilder query = new StringBuilder("limit=" + limit);
    call.parameters()
        .query()
        .forEach((name, value) -> {
          if (!name.equals("limit") && !name.equals("cursor")) {
            query.append('&').append(name).append('=').append(URLEncoder.encode(value, UTF_8));
          }
        });
    query.append("&cursor=").append(URLEncoder.encode(next, UTF_8));
    return "<" + call.request().path() + "?" + query + ">; rel=\"next\"";
  }

  private static Optional<Integer> number(String text) {
    try {
      return Optional.of(Integer.parseInt(text)).filter(number -> number >= 0);
    } catch (NumberFormatException notOne) {
      return Optional.empty();
    }
  }

  private static Optional<Long> longNumber(String text) {
    try {
      return Optional.of(Long.parseLong(text)).filter(number -> number >= 0);
    } catch (NumberFormatException notOne) {
      return Optional.empty();
    }
  }
}
