package tocsin;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Asks a gateway whether it is ready, where there is no curl: in its own image. */
@Command(
    name = "ready",
    description = {
      "Asks the management port of a gateway whether it takes requests.",
      "Exit code 0: it is ready; 1: it is not, or did not answer within five seconds."
    },
    footer = {"", "Example:", "  tocsin ready http://localhost:9090"})
final class ReadyCommand implements Callable<Integer> {
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final int LONGEST_ANSWER = 200;

  private final Shell shell;

  @Parameters(
      paramLabel = "URL",
      defaultValue = "http://localhost:9090",
      description = "Where its management port is (default: ${DEFAULT-VALUE}).")
  private URI url = URI.create("http://localhost:9090");

  ReadyCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws FailedException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(LONGEST).build()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(url.resolve("/readyz")).timeout(LONGEST).build(),
              HttpResponse.BodyHandlers.ofString());
      String word = answer.body().strip();
      shell.out().println(word.substring(0, Math.min(word.length(), LONGEST_ANSWER)));
      return answer.statusCode() == 200 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    } catch (ConnectException refused) {
      throw new FailedException(url + " does not answer: nobody listens there.");
    } catch (IOException unreachable) {
      throw new FailedException(url + " does not answer: " + unreachable.getMessage());
    }
  }
}
