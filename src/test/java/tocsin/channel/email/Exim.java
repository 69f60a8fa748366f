package tocsin.channel.email;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import tocsin.channel.email.Ports.Manner;

/** Debian's Exim, of the packages exim4-daemon-light and libidn12. */
final class Exim implements MailServer {
  private static final String CONFIGURATION =
      """
      primary_hostname = mail.example.org
      keep_environment =
      log_file_path = /var/spool/exim4/%s.log
      local_interfaces = 127.0.0.1
      daemon_smtp_ports = PORTS
      tls_on_connect_ports = @PRIVATE@
      tls_advertise_hosts = *
      tls_certificate = CHAIN
      tls_privatekey = CHAIN
      smtp_accept_max = 100
      smtp_accept_queue = 0
      smtp_accept_queue_per_connection = 0
      smtp_accept_max_per_connection = 0
      host_lookup =
      rfc1413_hosts =
      dsn_advertise_hosts = *
      smtputf8_advertise_hosts = ${if eq{$received_port}{@ASCII@}{}{*}}
      chunking_advertise_hosts = ${if inlist{$received_port}{@PIPELINED@:@PLAIN@}{}{*}}
      pipelining_advertise_hosts = ${if eq{$received_port}{@PLAIN@}{}{*}}
      message_size_limit = ${if eq{$received_port}{@PLAIN@}{0}{LIMIT}}
      acl_smtp_rcpt = recipient
      acl_smtp_data = content
      begin acl
      content:
        deny condition = ${if >{$message_size}{LIMIT}}
          message = 552 5.3.4 too big
        accept
      recipient:
        deny local_parts = ^gone
          message = 5.1.1 no such user here
        defer local_parts = ^grey
          message = 4.2.0 greylisted, come back
        accept
      begin routers
      all:
        driver = accept
        transport = box
      begin transports
      box:
        driver = appendfile
        directory = FOLDER/mail/box
        maildir_format
        user = nobody
        return_path_add
      begin authenticators
      plain:
        driver = plaintext
        public_name = PLAIN
        server_prompts = :
        server_condition = ${if and{{eq{$auth2}{gateway}}{eq{$auth3}{secret}}}}
        server_advertise_condition = ${if and{{def:tls_in_cipher}{!eq{$received_port}{@PLAIN@}}}}
      login:
        driver = plaintext
        public_name = LOGIN
        server_prompts = <| Username: | Password:
        server_condition = ${if and{{eq{$auth1}{gateway}}{eq{$auth2}{secret}}}}
        server_advertise_condition = ${if def:tls_in_cipher}
      """;

  private final UnpackedServer unpacked =
      new UnpackedServer("usr/sbin/exim4", List.of("Debian-exim"));

  @Override
  public String missing() {
    return unpacked.missing();
  }

  @Override
  public Set<Manner> manners() {
    return Set.of(Manner.FULL, Manner.PIPELINED, Manner.PLAIN);
  }

  @Override
  public RunningServer start(Path folder, Ports ports, Path chain) throws IOException {
    unpacked.prepare(folder);
    Files.createDirectories(folder.resolve("var/spool"));
    Files.createDirectories(folder.resolve("etc/exim4"));
    Files.writeString(folder.resolve("etc/exim4/exim4.conf"), configuration(folder, ports, chain));
    return unpacked.start(folder, ports, List.of("-bdf", "-q2s"));
  }

  private static String configuration(Path folder, Ports ports, Path chain) {
    List<String> numbers = ports.numbers().values().stream().map(String::valueOf).toList();
    String text =
        CONFIGURATION
            .replace("FOLDER", folder.toString())
            .replace("CHAIN", chain.toString())
            .replace("LIMIT", String.valueOf(LIMIT))
            .replace("PORTS", String.join(" : ", numbers));
    for (Manner manner : Manner.values()) {
      text = text.replace("@" + manner + "@", String.valueOf(ports.of(manner)));
    }
    return text;
  }

  @Override
  public Mailbox mailbox(Path folder) {
    return new Mailbox(folder.resolve("mail/box"));
  }

  @Override
  public int restartedAmong() {
    return 600;
  }

  @Override
  public String toString() {
    return "exim";
  }
}
