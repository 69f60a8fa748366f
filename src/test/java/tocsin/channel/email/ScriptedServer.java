package tocsin.channel.email;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A mail server on loopback that answers what it is told to, per verb. */
final class ScriptedServer implements AutoCloseable {
  /** Instead of an answer: hang up. */
  static final String CUT = "cut";

  /** Instead of an answer: say nothing until the test ends. */
  static final String SILENCE = "silence";

  private static final Map<String, String> USUAL =
      Map.of(
          "GREETING", "220 scripted",
          "EHLO", "250-scripted\r\n250-ENHANCEDSTATUSCODES\r\n250 PIPELINING",
          "MAIL", "250 2.1.0 ok",
          "RCPT", "250 2.1.5 ok",
          "DATA", "354 go on",
          ".", "250 2.0.0 Ok: queued as 4ZqWx1",
          "REST", "",
          "RSET", "250 ok",
          "NOOP", "250 ok",
          "QUIT", "221 bye");

  private final ServerSocket listening;
  private final Thread accepting;
  private final Map<String, String> answers = new ConcurrentHashMap<>(USUAL);
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final List<String> contents = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile int mailsPerConnection = Integer.MAX_VALUE;
  private volatile Goodbye goodbye = new Goodbye("", 0);

  /** What a connection ends with: a 421 to that verb when it comes for so many times. */
  private record Goodbye(String verb, int times) {
    boolean isAt(String said, int count) {
      return said.equals(verb) && count == times;
    }
  }

  ScriptedServer() throws IOException {
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    accepting = Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /**
   * The answer to that verb from now on. {@code GREETING} and {@code .} count as verbs, and {@code
   * CONTENT}, in whose middle there is a cut or silence.
   */
  ScriptedServer answering(String verb, String answer) {
    answers.put(verb, answer);
    return this;
  }

  /** Hangs up after so many mails, without a word. */
  ScriptedServer hangingUpAfter(int mails) {
    mailsPerConnection = mails;
    return this;
  }

  /**
   * On each connection says 421 and hangs up, instead of its so manieth answer to that verb; {@code
   * REST} is unasked, after a mail.
   */
  ScriptedServer closingAt(String verb, int times) {
    goodbye = new Goodbye(verb, times);
    return this;
  }

  List<String> commands() {
    return commands;
  }

  /** What came in whole. */
  List<String> contents() {
    return contents;
  }

  int connections() {
    return connections.get();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        open.add(socket);
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> converse(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void converse(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      Map<String, Integer> counts = new HashMap<>();
      boolean goesOn = answer(socket, "GREETING", counts);
      int mails = 0;
      while (goesOn && mails < mailsPerConnection) {
        String command = in.readLine();
        if (command == null) {
          return;
        }
        commands.add(command);
        String verb = command.split("[ :]", 2)[0];
        goesOn = answer(socket, verb, counts);
        if (goesOn && verb.equals("DATA") && answers.getOrDefault("DATA", "").startsWith("354")) {
          goesOn = swallow(in) && answer(socket, ".", counts) && answer(socket, "REST", counts);
          mails++;
        }
      }
    } catch (IOException gone) {
      // the client hung up first
    }
  }

  /** Reads the content; false where the script has something else to do in its middle. */
  private boolean swallow(BufferedReader in) throws IOException {
    String content = answers.getOrDefault("CONTENT", "");
    if (content.equals(SILENCE)) {
      awaitEnd();
    }
    if (!content.isEmpty()) {
      in.readLine();
      return false;
    }
    StringBuilder whole = new StringBuilder();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals(".")) {
        contents.add(whole.toString());
        return true;
      }
      whole.append(line).append("\n");
    }
    return false;
  }

  private boolean answer(Socket socket, String verb, Map<String, Integer> counts)
      throws IOException {
    String answer =
        goodbye.isAt(verb, counts.merge(verb, 1, Integer::sum))
            ? "421 4.3.2 closing"
            : answers.getOrDefault(verb, "502 5.5.2 not in the script");
    if (answer.isEmpty()) {
      return true;
    }
    if (answer.equals(CUT)) {
      return false;
    }
    if (answer.equals(SILENCE)) {
      awaitEnd();
      return false;
    }
    socket.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    return !answer.startsWith("421");
  }

  private void awaitEnd() {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ended.countDown();
    try {
      listening.close();
      accepting.join();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
