package tocsin.channel.email;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import tocsin.channel.email.Ports.Manner;

/**
 * Debian's OpenSMTPD, of the packages opensmtpd and libevent-2.1-7. It knows neither PIPELINING nor
 * CHUNKING nor SMTPUTF8, and version 6.8 cannot speak TLS with OpenSSL 3.
 */
final class OpenSmtpd implements MailServer {
  private static final String CONFIGURATION =
      """
      smtp max-message-size LIMIT
      filter gone phase rcpt-to match rcpt-to regex "^<?gone" reject "550 5.1.1 no such user here"
      filter grey phase rcpt-to match rcpt-to regex "^<?grey" reject "450 4.2.0 greylisted"
      filter refusals chain { gone, grey }
      action box maildir "FOLDER/mail/box" user nobody virtual { "@" = "nobody" }
      match from any for domain example.org action box
      """;

  private final UnpackedServer unpacked =
      new UnpackedServer("usr/sbin/smtpd", List.of("opensmtpd", "opensmtpq"));

  @Override
  public String missing() {
    return unpacked.missing();
  }

  @Override
  public Set<Manner> manners() {
    return Set.of(Manner.FULL);
  }

  @Override
  public RunningServer start(Path folder, Ports ports, Path chain) throws IOException {
    unpacked.prepare(folder);
    Path empty = Files.createDirectories(folder.resolve("var/lib/opensmtpd/empty"));
    Files.setPosixFilePermissions(empty, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path spool = Files.createDirectories(folder.resolve("var/spool/smtpd"));
    Files.setPosixFilePermissions(spool, PosixFilePermissions.fromString("rwx--x--x"));
    StringBuilder text =
        new StringBuilder(
            CONFIGURATION
                .replace("FOLDER", folder.toString())
                .replace("LIMIT", String.valueOf(LIMIT)));
    for (int port : ports.numbers().values()) {
      text.append(
          "listen on 127.0.0.1 port %d hostname mail.example.org filter refusals\n"
              .formatted(port));
    }
    Files.writeString(folder.resolve("etc/smtpd.conf"), text);
    return unpacked.start(folder, ports, List.of("-d"));
  }

  @Override
  public Mailbox mailbox(Path folder) {
    return new Mailbox(folder.resolve("mail/box"));
  }

  @Override
  public int restartedAmong() {
    return 300;
  }

  @Override
  public String toString() {
    return "opensmtpd";
  }
}
