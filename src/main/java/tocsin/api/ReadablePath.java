package tocsin.api;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;

/** Refuses paths whose percent signs stand for nothing, before a route takes them apart. */
final class ReadablePath implements Handler<RoutingContext> {
  private static final Pattern READABLE = Pattern.compile("(?:[^%]|%[0-9A-Fa-f]{2})*+");

  @Override
  public void handle(RoutingContext context) {
    String path = String.valueOf(context.request().path());
    if (READABLE.matcher(path).matches()) {
      context.next();
    } else {
      context.fail(
          new Refusal(ProblemType.MALFORMED, "two hexadecimal digits follow a % in a path"));
    }
  }
}
