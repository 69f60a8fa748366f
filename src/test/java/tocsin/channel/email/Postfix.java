package tocsin.channel.email;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import tocsin.channel.email.Ports.Manner;

/** The installed Postfix, as one more instance. */
final class Postfix implements MailServer {
  private static final String MAIN =
      """
      compatibility_level = 3.6
      queue_directory = FOLDER/queue
      data_directory = FOLDER/data
      daemon_directory = /usr/lib/postfix/sbin
      maillog_file = FOLDER/mail.log
      maillog_file_prefixes = FOLDER
      inet_interfaces = 127.0.0.1
      inet_protocols = ipv4
      myhostname = mail.example.org
      mydestination =
      alias_maps =
      alias_database =
      virtual_mailbox_domains = example.org
      virtual_mailbox_base = FOLDER/mail
      virtual_mailbox_maps = static:box/
      virtual_mailbox_limit = 0
      virtual_uid_maps = static:65534
      virtual_gid_maps = static:65534
      message_size_limit = LIMIT
      smtputf8_enable = yes
      smtpd_tls_security_level = may
      smtpd_tls_chain_files = CHAIN
      smtpd_client_connection_count_limit = 0
      smtpd_recipient_restrictions = check_recipient_access regexp:FOLDER/conf/recipients, permit
      """;
  private static final String RECIPIENTS =
      """
      /^gone/ 550 5.1.1 no such user here
      /^grey/ 450 4.2.0 greylisted, come back
      """;
  private static final String DISCARD = " -o smtpd_discard_ehlo_keywords=";
  private static final String MASTER =
      """
      cleanup unix n - n - 0 cleanup
      qmgr unix n - n 300 1 qmgr
      rewrite unix - - n - - trivial-rewrite
      bounce unix - - n - 0 bounce
      defer unix - - n - 0 bounce
      trace unix - - n - 0 bounce
      tlsmgr unix - - n 1000? 1 tlsmgr
      error unix - - n - - error
      retry unix - - n - - error
      proxymap unix - - n - - proxymap
      flush unix n - n 1000? 0 flush
      virtual unix - n n - - virtual
      anvil unix - - n - 1 anvil
      postlog unix-dgram n - n - 1 postlogd
      """;

  @Override
  public String missing() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return "Postfix wants to be started by root";
    }
    return Files.isExecutable(Path.of("/usr/sbin/postfix")) ? "" : "Postfix is not installed";
  }

  @Override
  public Set<Manner> manners() {
    return Set.of(Manner.FULL, Manner.PIPELINED, Manner.PLAIN);
  }

  @Override
  public RunningServer start(Path folder, Ports ports, Path chain) throws IOException {
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Files.createDirectories(folder.resolve("queue"));
    own(Files.createDirectories(folder.resolve("data")), "postfix");
    own(Files.createDirectories(folder.resolve("mail")), "nobody");
    // postsuper is "postfix", and does not let it start unless it can warn of half done mails
    Path log = folder.resolve("mail.log");
    if (Files.notExists(log)) {
      own(Files.createFile(log), "postfix");
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    String main =
        MAIN.replace("FOLDER", folder.toString())
            .replace("LIMIT", String.valueOf(LIMIT))
            .replace("CHAIN", chain.toString());
    Files.writeString(conf.resolve("main.cf"), main);
    Files.writeString(conf.resolve("recipients"), RECIPIENTS);
    StringBuilder master = new StringBuilder(MASTER);
    for (Manner manner : Manner.values()) {
      master
          .append("127.0.0.1:" + ports.of(manner) + " inet n - n - - smtpd")
          .append(options(manner))
          .append('\n');
    }
    Files.writeString(conf.resolve("master.cf"), master);
    return RunningServer.start(
        ports,
        folder.resolve("out.log"),
        List.of("setsid", "/usr/sbin/postfix", "-c", conf.toString(), "start-fg"));
  }

  private static void own(Path path, String user) throws IOException {
    Files.setOwner(
        path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
  }

  private static String options(Manner manner) {
    return switch (manner) {
      case FULL -> "";
      case PIPELINED -> DISCARD + "chunking";
      case PLAIN -> DISCARD + "chunking,pipelining,size";
      case ASCII -> " -o smtputf8_enable=no";
      case PRIVATE -> " -o smtpd_tls_wrappermode=yes";
    };
  }

  @Override
  public Mailbox mailbox(Path folder) {
    return new Mailbox(folder.resolve("mail/box"));
  }

  @Override
  public int restartedAmong() {
    return 2_000;
  }

  @Override
  public String toString() {
    return "postfix";
  }
}
