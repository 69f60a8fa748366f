package tocsin.channel.sms;

import com.twilio.http.HttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tocsin.audience.Channel;
import tocsin.channel.Outcome;
import tocsin.channel.ProviderWatch;
import tocsin.channel.Reason;
import tocsin.channel.http.Deadline;
import tocsin.channel.http.Exchange;
import tocsin.channel.http.Exchanges;
import tocsin.channel.http.UserAgent;

/**
 * The SDK's way to the network, over ours: one request per call, since message create has no
 * idempotency key, and to the configured base URL. Whatever is not a 2xx leaves as a {@link
 * TwilioFailure}.
 */
final class TwilioTransport extends HttpClient {
  private static final CharSequence FORM =
      HttpHeaders.createOptimized("application/x-www-form-urlencoded");
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

  private final Exchanges exchanges;
  private final URI base;
  private final boolean isTls;
  private final int port;
  private final String prefix;
  private final Duration total;
  private final ProviderWatch watch;

  TwilioTransport(Exchanges exchanges, URI base, Duration total) {
    this.exchanges = exchanges;
    this.base = base;
    this.isTls = "https".equals(base.getScheme());
    this.port = base.getPort() >= 0 ? base.getPort() : isTls ? 443 : 80;
    this.prefix = base.getRawPath() == null ? "" : base.getRawPath().replaceFirst("/+$", "");
    this.total = total;
    this.watch = new ProviderWatch(Channel.SMS, base.getHost() + ":" + port, System::nanoTime);
  }

  /** Once, whatever the answer. */
  @Override
  public Response reliableRequest(Request request) {
    return makeRequest(request);
  }

  @Override
  public Response makeRequest(Request request) {
    Buffer form = Buffer.buffer(request.encodeFormBody());
    Exchange exchange =
        exchanges
            .exchange(options(request), form, Deadline.in(total))
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    return switch (exchange) {
      case Exchange.Answered answer -> {
        watch.available();
        yield response(answer);
      }
      case Exchange.Unsent unsent -> {
        var unavailable =
            new Outcome.Deferred(
                Reason.CONNECTION, "no connection to Twilio: " + unsent.cause(), null);
        watch.unavailable(unavailable);
        throw new TwilioFailure(unavailable);
      }
      case Exchange.Unanswered unanswered ->
          throw new TwilioFailure(
              new Outcome.Deferred(Reason.UNKNOWN, "no answer from Twilio", null));
    };
  }

  private RequestOptions options(Request request) {
    return new RequestOptions()
        .setMethod(HttpMethod.valueOf(request.getMethod().name()))
        .setHost(base.getHost())
        .setPort(port)
        .setSsl(isTls)
        .setURI(prefix + request.constructURL().getFile())
        .setFollowRedirects(false)
        .putHeader(HttpHeaders.AUTHORIZATION, request.getAuthString())
        .putHeader(HttpHeaders.CONTENT_TYPE, FORM)
        .putHeader(HttpHeaders.ACCEPT, JSON)
        .putHeader(HttpHeaders.USER_AGENT, UserAgent.VALUE);
  }

  private static Response response(Exchange.Answered answer) {
    if (answer.status() < 200 || answer.status() >= 300) {
      throw new TwilioFailure(TwilioCodes.outcome(answer.status(), code(answer.body())));
    }
    return new Response(answer.body().toString(StandardCharsets.UTF_8), answer.status());
  }

  /** 0 for a body that is no error of Twilio: a proxy's page, or nothing. */
  private static int code(Buffer body) {
    try {
      return new JsonObject(body).getValue("code") instanceof Integer code ? code : 0;
    } catch (DecodeException notJson) {
      return 0;
    }
  }
}
