package tocsin.bench;

import com.twilio.http.HttpClient;
import com.twilio.http.NetworkHttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.type.PhoneNumber;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import tocsin.audience.DeliveryId;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.sms.TwilioSender;
import tocsin.config.Secret;
import tocsin.config.Settings;
import tocsin.config.Settings.OnUnknown;

/**
 * Text messages handed to Twilio's SDK, 64 at a time, over our client; the reference is the SDK
 * over its own. Both speak to a child that takes everything.
 */
final class SmsBench implements Bench {
  private static final int MESSAGES = 20_000;
  private static final int IN_FLIGHT = 64;
  private static final String ACCOUNT = "AC" + "a".repeat(32);
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final String FROM = "+15005550006";
  private static final String TO = "+15005550009";
  private static final String TEXT =
      "Acme - Investigating: Connectivity trouble in emea\nhttps://status.example.com/i/i-1";

  @Override
  public Line run(Workbench workbench) throws Exception {
    int messages = workbench.options().recipients(MESSAGES);
    URI url = URI.create(workbench.child("twilio", SmsReceiver.class).ask("where"));
    Vertx vertx = Vertx.vertx();
    workbench.closing((AutoCloseable) () -> vertx.close().await());
    Settings.Twilio settings =
        new Settings.Twilio(ACCOUNT, new Secret(TOKEN), null, List.of(FROM), null, url, IN_FLIGHT);
    TwilioSender ours =
        workbench.closing(
            new TwilioSender(vertx, settings, OnUnknown.DROP, URI.create("http://localhost:8080")));
    TwilioRestClient reference =
        new TwilioRestClient.Builder(ACCOUNT, TOKEN)
            .accountSid(ACCOUNT)
            .httpClient(new Rebased(apache(), url))
            .build();
    return Turns.play(
            workbench,
            () -> round(workbench, messages, () -> taken(ours)),
            () -> round(workbench, messages, () -> created(reference)))
        .line();
  }

  private static boolean taken(TwilioSender sender) {
    return sender
            .send(new Message.Sms(new DeliveryId(1, 1), FROM, TO, TEXT, 1, Duration.ofHours(1)))
            .toCompletionStage()
            .toCompletableFuture()
            .join()
        instanceof Outcome.Sent;
  }

  private static boolean created(TwilioRestClient client) {
    return new MessageCreator(new PhoneNumber(TO), new PhoneNumber(FROM), TEXT)
            .setStatusCallback("http://localhost:8080/hooks/twilio/status?d=d1_1#rc=3&rp=all")
            .setValidityPeriod(3_600)
            .create(client)
            .getSid()
        != null;
  }

  private static Reading round(Workbench workbench, int messages, Callable<Boolean> send)
      throws Exception {
    AtomicInteger left = new AtomicInteger(messages);
    Meter meter = Meter.start(workbench.database(), List.of(ProcessHandle.current()));
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> counts = new ArrayList<>();
      for (int i = 0; i < IN_FLIGHT; i++) {
        counts.add(workers.submit(() -> work(left, send)));
      }
      int taken = 0;
      for (Future<Integer> count : counts) {
        taken += count(count);
      }
      if (taken != messages) {
        throw new IOException(taken + " of " + messages + " messages were taken");
      }
    }
    return meter.read(messages);
  }

  private static int work(AtomicInteger left, Callable<Boolean> send) throws Exception {
    int taken = 0;
    while (left.getAndDecrement() > 0) {
      taken += send.call() ? 1 : 0;
    }
    return taken;
  }

  private static int count(Future<Integer> count) throws IOException, InterruptedException {
    try {
      return count.get();
    } catch (ExecutionException e) {
      throw new IOException(e);
    }
  }

  /** The SDK's own client, with as many connections as there are messages in flight. */
  private static HttpClient apache() {
    PoolingHttpClientConnectionManager connections = new PoolingHttpClientConnectionManager();
    connections.setMaxTotal(IN_FLIGHT);
    connections.setDefaultMaxPerRoute(IN_FLIGHT);
    return new NetworkHttpClient(HttpClientBuilder.create().setConnectionManager(connections));
  }

  /** Leads the SDK's requests to another address. */
  private static final class Rebased extends HttpClient {
    private final HttpClient client;
    private final URI base;

    private Rebased(HttpClient client, URI base) {
      this.client = client;
      this.base = base;
    }

    @Override
    public Response makeRequest(Request request) {
      Request rebased =
          new Request(
              request.getMethod(), base + URI.create(request.constructURL().toString()).getPath());
      request
          .getPostParams()
          .forEach((name, values) -> values.forEach(value -> rebased.addPostParam(name, value)));
      rebased.setAuth(ACCOUNT, TOKEN);
      return client.makeRequest(rebased);
    }
  }
}
