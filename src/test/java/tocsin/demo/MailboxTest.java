package tocsin.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.InstantSource;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tocsin.audience.Channel;

class MailboxTest {
  private final Arrivals arrivals = new Arrivals(InstantSource.system(), Recognition.NONE);
  private final Mailbox mailbox = Mailbox.open(arrivals);

  @AfterEach
  void close() {
    mailbox.close();
  }

  @Test
  void mailIsReadAsItsRecipientReadsIt() throws MessagingException {
    MimeMessage mail = mail();
    try (Transport transport = connected()) {
      transport.sendMessage(mail, InternetAddress.parse("ana@example.com"));
    }

    assertThat(arrivals.all())
        .singleElement()
        .satisfies(arrival -> {
          assertThat(arrival.channel()).isEqualTo(Channel.EMAIL);
          assertThat(arrival.address()).isEqualTo("ana@example.com");
          assertThat(arrival.id()).isEqualTo(mail.getMessageID());
          assertThat(arrival.content())
              .isInstanceOfSatisfying(
                  Content.Mail.class,
                  content -> {
                    assertThat(content.subject()).isEqualTo("Störung");
                    assertThat(content.text()).isEqualTo(".dots and ümlauts\r\n");
                    assertThat(content.html()).isEqualTo("<p>ümlauts</p>");
                    assertThat(content.header("list-unsubscribe"))
                        .isEqualTo("<https://example.com/u/1>");
                    assertThat(content.header("X-Other")).isNull();
                  });
        });
  }

  @Test
  void refusedAddressGetsItsCodeAndNoMail() throws MessagingException {
    mailbox.refuse("gone@example.com", 550);
    try (Transport transport = connected()) {
      assertThatThrownBy(
              () -> transport.sendMessage(mail(), InternetAddress.parse("gone@example.com")))
          .hasRootCauseMessage("550 refused as asked\n");
    }

    assertThat(arrivals.count()).isZero();
  }

  @Test
  void everyMailOfManyConnectionsIsCounted() throws Exception {
    int connections = 8;
    int mails = 250;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var runs =
          IntStream.range(0, connections)
              .mapToObj(n -> threads.submit(() -> send(n, mails)))
              .toList();
      for (Future<?> run : runs) {
        run.get();
      }
    }

    assertThat(arrivals.all().stream().map(Arrival::address).distinct())
        .hasSize(connections * mails);
    assertThat(arrivals.count()).isEqualTo(connections * mails);
  }

  private Void send(int connection, int mails) throws MessagingException {
    MimeMessage mail = mail();
    try (Transport transport = connected()) {
      for (int i = 0; i < mails; i++) {
        String to = "p" + connection + "-" + i + "@example.com";
        transport.sendMessage(mail, InternetAddress.parse(to));
      }
    }
    return null;
  }

  private Transport connected() throws MessagingException {
    Transport transport = session().getTransport("smtp");
    transport.connect();
    return transport;
  }

  private Session session() {
    Properties properties = new Properties();
    properties.put("mail.smtp.host", "127.0.0.1");
    properties.put("mail.smtp.port", Integer.toString(mailbox.port()));
    return Session.getInstance(properties);
  }

  private MimeMessage mail() throws MessagingException {
    MimeBodyPart text = new MimeBodyPart();
    text.setText(".dots and ümlauts\r\n", "UTF-8");
    MimeBodyPart html = new MimeBodyPart();
    html.setText("<p>ümlauts</p>", "UTF-8", "html");
    MimeMessage mail = new MimeMessage(session());
    mail.setFrom("status@example.com");
    mail.setSubject("Störung", "UTF-8");
    mail.setHeader("List-Unsubscribe", "<https://example.com/u/1>");
    mail.setContent(new MimeMultipart("alternative", text, html));
    mail.saveChanges();
    return mail;
  }
}
