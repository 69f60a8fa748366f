package tocsin.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tocsin.audience.DeliveryId;
import tocsin.channel.Message;
import tocsin.render.MailOctets;

/** Mails with all headers that a server would else add, and what becomes of them. */
final class RealMails {
  private static final Pattern ID = Pattern.compile("(?m)^Message-ID: <(.+)@example\\.com>$");
  private static final Pattern QUEUED = Pattern.compile("(?m)^(?:Received:|\\s).*\\bid ([\\w-]+)");
  private static final int BIG = 100_000;

  private RealMails() {}

  /** One of 100 kB, some that are not ASCII, the rest short. */
  static List<Message.Email> some(int count) {
    List<Message.Email> mails = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      mails.add(mail(i));
    }
    return mails;
  }

  private static Message.Email mail(int number) {
    DeliveryId id = new DeliveryId(1, number + 1);
    String body =
        switch (number % 100) {
          case 7 -> ("y".repeat(98) + "\r\n").repeat(BIG / 100);
          case 8 -> "z".repeat(998) + "\r\n";
          case 9, 10 -> "Störung behoben\r\n";
          default -> "hello " + number + "\r\n\r\n \r\n-.\r\nFrom here\r\nQUIT\r\n";
        };
    String content =
        "Date: Mon, 23 Nov 2026 00:00:00 +0000\r\nFrom: a@example.com\r\nTo: b@example.org\r\n"
            + "Subject: Trouble\r\nMessage-ID: <"
            + id
            + "@example.com>\r\nMIME-Version: 1.0\r\n"
            + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
            + body;
    return new Message.Email(
        id,
        "bounces+" + id + "=tag@example.com",
        "a" + number + "@example.org",
        MailOctets.of(content.getBytes(StandardCharsets.UTF_8)));
  }

  static Message.Email readdressed(Message.Email mail, String recipient) {
    return new Message.Email(mail.id(), mail.returnPath(), recipient, mail.content());
  }

  /**
   * How often the server has taken each id. What it took once may be there twice if it was killed
   * while it put that into the mailbox.
   */
  static Map<String, Integer> copies(List<String> arrived) {
    Set<String> taken = new HashSet<>();
    Map<String, Integer> copies = new HashMap<>();
    for (String mail : arrived) {
      Matcher queued = QUEUED.matcher(mail);
      assertThat(queued.find()).isTrue();
      if (taken.add(queued.group(1))) {
        copies.merge(id(mail), 1, Integer::sum);
      }
    }
    return copies;
  }

  /** Behind what the server has put before them. */
  static void assertSame(List<String> arrived, List<Message.Email> mails) {
    Map<String, String> byId = new HashMap<>();
    arrived.forEach(mail -> assertThat(byId.put(id(mail), mail)).isNull());
    assertThat(byId).hasSize(mails.size());
    for (Message.Email mail : mails) {
      String whole = byId.getOrDefault(mail.id().toString(), "");
      String content = new String(mail.content().toByteArray(), StandardCharsets.ISO_8859_1);
      assertThat(whole).endsWith("\n" + content.replace("\r\n", "\n"));
      assertThat(whole.toLowerCase(Locale.ROOT))
          .contains("return-path: <" + mail.returnPath() + ">\n");
    }
  }

  private static String id(String mail) {
    Matcher id = ID.matcher(mail);
    assertThat(id.find()).isTrue();
    return id.group(1);
  }
}
