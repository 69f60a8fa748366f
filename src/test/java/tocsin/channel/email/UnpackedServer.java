package tocsin.channel.email;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A mail server of Debian that conflicts with the installed one: its packages are unpacked into the
 * folder that the environment variable {@code MAIL_SERVERS} names, else {@code
 * target/mail-servers}. It alone sees them as installed, and files of {@code /etc}, {@code /var}
 * and {@code /run} of its own, in a namespace that ends with it.
 *
 * @param program below the folder
 * @param users that its package would make
 */
record UnpackedServer(String program, List<String> users) {
  private static final int FIRST_ID = 64_900;
  private static final Path UNPACKED =
      Path.of(Objects.requireNonNullElse(System.getenv("MAIL_SERVERS"), "target/mail-servers"))
          .toAbsolutePath();
  private static final String MOUNT =
      """
      set -e
      mount -t overlay -o ro,lowerdir="$1/usr:/usr" overlay /usr
      mount -t overlay -o ro,lowerdir="$2/etc:/etc" overlay /etc
      mount --bind "$2/var" /var
      mount --bind "$2/run" /run
      shift 2
      exec "$@"
      """;

  /** Why it cannot run here; empty where it can. */
  String missing() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return program + " wants to be started by root";
    }
    return Files.isExecutable(UNPACKED.resolve(program))
        ? ""
        : program + " is not unpacked in $MAIL_SERVERS";
  }

  /**
   * Makes its folders and users.
   *
   * @param folder which becomes /etc, /var and /run
   */
  void prepare(Path folder) throws IOException {
    for (String name : List.of("etc", "var", "run", "mail")) {
      Files.createDirectories(folder.resolve(name));
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    own(folder.resolve("mail"));
    if (!Files.exists(folder.resolve("var/run"))) {
      Files.createSymbolicLink(folder.resolve("var/run"), Path.of("/run"));
    }
    StringBuilder passwd = new StringBuilder(Files.readString(Path.of("/etc/passwd")));
    StringBuilder group = new StringBuilder(Files.readString(Path.of("/etc/group")));
    for (int i = 0; i < users.size(); i++) {
      int id = FIRST_ID + i;
      String name = users.get(i);
      passwd.append("%s:x:%d:%d::/nonexistent:/bin/false\n".formatted(name, id, id));
      group.append("%s:x:%d:\n".formatted(name, id));
    }
    Files.writeString(folder.resolve("etc/passwd"), passwd);
    Files.writeString(folder.resolve("etc/group"), group);
  }

  private static void own(Path folder) throws IOException {
    Files.setOwner(
        folder,
        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
  }

  RunningServer start(Path folder, Ports ports, List<String> options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "setsid",
                "unshare",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "sh",
                "-c",
                MOUNT,
                "sh",
                UNPACKED.toString(),
                folder.toString(),
                "/" + program));
    command.addAll(options);
    return RunningServer.start(ports, folder.resolve("out.log"), command);
  }
}
