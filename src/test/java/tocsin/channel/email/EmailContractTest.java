package tocsin.channel.email;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tocsin.channel.ChannelContract;
import tocsin.channel.Counterpart;
import tocsin.channel.Message;
import tocsin.channel.Sender;

class EmailContractTest extends ChannelContract<Message.Email> {

  @Override
  protected Counterpart<Message.Email> counterpart() throws IOException {
    return new Relaying();
  }

  private static final class Relaying implements Counterpart<Message.Email> {
    private static final Pattern ID = Pattern.compile("Message-ID: <([^@]+)@");
    private static final SmtpTimeouts HASTY =
        new SmtpTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(10));

    private final Vertx vertx = Vertx.vertx();
    private final ScriptedServer server = new ScriptedServer();

    Relaying() throws IOException {
      // listens from here on
    }

    @Override
    public void behaves(Manner manner) {
      switch (manner) {
        case TAKES -> server.answering("RCPT", "250 ok").answering(".", "250 queued as 4Z");
        case REFUSES_FOR_NOW -> server.answering(".", "451 4.3.0 no room");
        case ASKS_FOR_LESS -> server.answering("RCPT", "450 4.7.28 too fast");
        case REFUSES_THE_RECIPIENT -> server.answering("RCPT", "550 5.1.1 user unknown");
        case HANGS_UP -> server.answering(".", ScriptedServer.CUT);
        case KEEPS_SILENT -> server.answering(".", ScriptedServer.SILENCE);
        case IS_AWAY -> server.close();
      }
    }

    @Override
    public Sender<Message.Email> sender() {
      return new SmtpSender(
          vertx, Mails.smtp(server.port(), 4), "example.com", HASTY, System::nanoTime);
    }

    @Override
    public Message.Email message(int subscriber) {
      return Mails.to("a" + subscriber + "@example.org", subscriber);
    }

    @Override
    public List<String> ids() {
      return server.contents().stream()
          .map(content -> ID.matcher(content).results().map(this::id).findFirst().orElseThrow())
          .toList();
    }

    private String id(MatchResult found) {
      return found.group(1);
    }

    @Override
    public void close() {
      server.close();
      vertx.close().await();
    }
  }
}
