package tocsin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Speaks to the API of a running gateway. */
final class GatewayClient {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

  /** Until the answer begins: an import of millions of lines is answered at its end. */
  private static final Duration ANSWER_LIMIT = Duration.ofHours(2);

  /** Room for every rejected line that an import tells, far more than any other answer. */
  private static final int LARGEST_ANSWER = 16 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_LIMIT)
          .build();
  private final URI gateway;
  private final String key;

  GatewayClient(URI gateway, String key) {
    this.gateway = gateway;
    this.key = key;
  }

  /** The JSON that the gateway answers. */
  JsonNode post(String path, String contentType, BodyPublisher body) throws FailedException {
    HttpRequest request = request(path).header("Content-Type", contentType).POST(body).build();
    try (InputStream answer = exchange(request)) {
      return JSON.readTree(answer.readNBytes(LARGEST_ANSWER));
    } catch (IOException broken) {
      throw interrupted(broken);
    }
  }

  /** The body as it comes; to be closed by the caller. */
  InputStream get(String path) throws FailedException {
    return exchange(request(path).GET().build());
  }

  private HttpRequest.Builder request(String path) throws FailedException {
    try {
      String base = gateway.toString().replaceAll("/+$", "");
      return HttpRequest.newBuilder(URI.create(base + path))
          .timeout(ANSWER_LIMIT)
          .header("Authorization", "Bearer " + key);
    } catch (IllegalArgumentException unusable) {
      throw new FailedException("The URL or the key cannot be used: " + gateway);
    }
  }

  private InputStream exchange(HttpRequest request) throws FailedException {
    try {
      HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
      if (response.statusCode() == 200) {
        return response.body();
      }
      try (InputStream body = response.body()) {
        throw refused(response.statusCode(), body.readNBytes(LARGEST_ANSWER));
      }
    } catch (IOException unreachable) {
      throw interrupted(unreachable);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new FailedException("Interrupted");
    }
  }

  private FailedException interrupted(IOException cause) {
    return new FailedException(
        "No answer from " + gateway + " (" + cause + "). Is the gateway running there?");
  }

  private static FailedException refused(int status, byte[] body) throws IOException {
    String detail = "";
    try {
      detail = JSON.readTree(body).path("detail").asText();
    } catch (JsonProcessingException notJson) {
      // then the status is all there is to say
    }
    return new FailedException(
        "The gateway answered " + status + (detail.isEmpty() ? "" : ": " + detail));
  }
}
