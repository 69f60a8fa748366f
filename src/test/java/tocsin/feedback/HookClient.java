package tocsin.feedback;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Posts to the hooks of mail providers, and looks at the status. */
final class HookClient {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI hooks;

  HookClient(URI hooks) {
    this.hooks = hooks;
  }

  int post(String provider, String body) {
    return status(request(provider, body));
  }

  int sendGrid(String body, String timestamp, String signature) {
    return status(
        request("sendgrid", body)
            .header("X-Twilio-Email-Event-Webhook-Timestamp", timestamp)
            .header("X-Twilio-Email-Event-Webhook-Signature", signature));
  }

  private HttpRequest.Builder request(String provider, String body) {
    return HttpRequest.newBuilder(hooks.resolve(provider))
        .header("Content-Type", "text/plain; charset=UTF-8")
        .POST(BodyPublishers.ofString(body));
  }

  private int status(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }
}
