package tocsin.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Postfix's {@code smtp-sink}. */
record PostfixSink(Process process, int port) implements MailSink {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  static PostfixSink start() throws IOException, InterruptedException {
    int port = FreePort.next();
    List<String> command = new ArrayList<>(List.of("smtp-sink", "-4"));
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(List.of("-u", "postfix"));
    }
    command.addAll(List.of("-m", "2000", "127.0.0.1:" + port, "1000"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(Options.FOLDER.resolve("smtp-sink.log").toFile()))
            .start();
    PostfixSink sink = new PostfixSink(process, port);
    Deadline deadline = Deadline.in(PATIENCE);
    while (!sink.listens()) {
      deadline.check("smtp-sink");
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return sink;
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
