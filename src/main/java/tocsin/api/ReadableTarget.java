package tocsin.api;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;

/**
 * Refuses targets whose percent signs stand for nothing, or for NUL, which PostgreSQL does not
 * take, before anybody takes them apart.
 */
final class ReadableTarget implements Handler<RoutingContext> {
  private static final Pattern READABLE = Pattern.compile("(?:[^%\0]|%(?!00)[0-9A-Fa-f]{2})*+");

  @Override
  public void handle(RoutingContext context) {
    if (READABLE.matcher(context.request().uri()).matches()) {
      context.next();
    } else {
      context.fail(
          new Refusal(
              ProblemType.MALFORMED,
              "two hexadecimal digits, and not 00, follow a % in a path or a query"));
    }
  }
}
