package tocsin.demo;

import jakarta.mail.BodyPart;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;
import tocsin.audience.Channel;

/** Everybody's mailbox: an SMTP server on loopback that takes mail for any address. */
public final class Mailbox implements AutoCloseable {
  private static final int LARGEST_MAIL = 10 << 20;
  private static final int MOST_CONNECTIONS = 500;

  private final Arrivals arrivals;
  private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
  private final Session session = Session.getInstance(new Properties());
  private final SMTPServer server;

  private Mailbox(Arrivals arrivals) {
    this.arrivals = arrivals;
    this.server =
        SMTPServer.port(0)
            .bindAddress(InetAddress.getLoopbackAddress())
            .hostName("mailbox.example.com")
            .backlog(MOST_CONNECTIONS)
            .maxConnections(MOST_CONNECTIONS)
            .maxMessageSize(LARGEST_MAIL)
            .insertReceivedHeaders(false)
            .messageHandlerFactory(Delivery::new)
            .build();
  }

  /** On a free port. */
  public static Mailbox open(Arrivals arrivals) {
    Mailbox mailbox = new Mailbox(arrivals);
    mailbox.server.start();
    return mailbox;
  }

  public int port() {
    return server.getPortAllocated();
  }

  /**
   * From now on answers RCPT for this address with the code (4xx, 5xx) and takes no mail for it.
   */
  public void refuse(String address, int code) {
    refusals.put(address, code);
  }

  @Override
  public void close() {
    server.stop();
  }

  /** One mail transaction. */
  private final class Delivery implements MessageHandler {
    private final List<String> recipients = new ArrayList<>();

    Delivery(MessageContext context) {
      Objects.requireNonNull(context);
    }

    @Override
    public void from(String sender) {}

    @Override
    public void recipient(String address) throws RejectException {
      Integer code = refusals.get(address);
      if (code != null) {
        throw new RejectException(code, "refused as asked");
      }
      recipients.add(address);
    }

    @Override
    public String data(InputStream stream) throws RejectException, IOException {
      try {
        MimeMessage message = new MimeMessage(session, stream);
        Content.Mail mail = read(message);
        String id = Objects.requireNonNullElse(message.getMessageID(), "");
        recipients.forEach(to -> arrivals.record(Channel.EMAIL, to, id, true, mail));
        return "taken";
      } catch (MessagingException e) {
        throw new RejectException(554, "not a message: " + e.getMessage());
      }
    }

    @Override
    public void done() {}
  }

  static Content.Mail read(MimeMessage message) throws MessagingException, IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : Collections.list(message.getAllHeaders())) {
      headers.putIfAbsent(header.getName(), header.getValue().replaceAll("\r?\n", ""));
    }
    String subject = Objects.requireNonNullElse(message.getSubject(), "");
    return new Content.Mail(
        headers, subject, part(message, "text/plain"), part(message, "text/html"));
  }

  private static String part(Part part, String type) throws MessagingException, IOException {
    if (part.isMimeType(type)) {
      return (String) part.getContent();
    }
    if (part.getContent() instanceof Multipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        BodyPart inner = parts.getBodyPart(i);
        String found = part(inner, type);
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return "";
  }
}
