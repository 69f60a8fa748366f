package tocsin.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** As whom the embedded server runs: PostgreSQL refuses to be root. */
enum ServerUser {
  /** As the user who started the gateway. */
  SELF,
  /** As that user, in a user namespace where its number means nobody: root's files stay root's. */
  NAMESPACE,
  /** As the user nobody, who then owns the files. Only root can start it. */
  NOBODY;

  /** The number of the user nobody. */
  static final int NOBODY_ID = 65_534;

  /** Who starts the gateway, and what the machine lets it do. */
  record Starter(int id, boolean named, boolean namespaces) {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /**
     * This process.
     *
     * @param output a file for what the asked programs say
     */
    static Starter current(Path output) throws IOException {
      return new Starter(
          Folders.owner(Path.of("/proc/self")),
          Program.run(List.of("id", "-un"), output, LIMIT).succeeded(),
          Program.run(NAMESPACE.command(List.of("true")), output, LIMIT).succeeded());
    }

    private boolean root() {
      return id == 0;
    }
  }

  /** For a database that is not there yet; empty: the server can not run here. */
  static Optional<ServerUser> choose(Starter starter) {
    if (!starter.root() && starter.named()) {
      return Optional.of(SELF);
    }
    if (starter.namespaces()) {
      return Optional.of(NAMESPACE);
    }
    return starter.root() ? Optional.of(NOBODY) : Optional.empty();
  }

  /** Whether that starter can run the server as this user over files of that owner. */
  boolean possible(Starter starter, int owner) {
    return switch (this) {
      case SELF -> !starter.root() && starter.id() == owner;
      case NAMESPACE -> starter.namespaces() && starter.id() == owner;
      case NOBODY -> starter.root() && owner == NOBODY_ID;
    };
  }

  /** The command that runs the given one as this user. */
  List<String> command(List<String> command) {
    List<String> prefix =
        switch (this) {
          case SELF -> List.of();
          case NAMESPACE -> List.of("unshare", "--user");
          case NOBODY ->
              List.of("setpriv", "--reuid=" + NOBODY_ID, "--regid=" + NOBODY_ID, "--clear-groups");
        };
    return Stream.concat(prefix.stream(), command.stream()).toList();
  }

  /** Lets this user write one file or folder that the starter made. */
  void give(Path path) throws IOException {
    if (this == NOBODY) {
      Folders.give(path, NOBODY_ID);
    }
  }

  /** As it is remembered beside the data. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<ServerUser> ofWord(String word) {
    return Stream.of(values()).filter(user -> user.word().equals(word)).findAny();
  }
}
