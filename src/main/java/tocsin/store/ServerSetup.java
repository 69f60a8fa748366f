package tocsin.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tocsin.config.Secret;
import tocsin.store.ServerUser.Starter;

/** Gets a data folder to where a server can start on it: programs, password, user, cluster. */
final class ServerSetup {
  private static final int PASSWORD_BYTES = 32;
  private static final Pattern MAJOR_VERSION = Pattern.compile("PostgreSQL\\) (\\d+)\\.");
  private static final String WAY_OUT = " Or set database.url to a PostgreSQL of your own.";

  private final ServerFiles files;

  private ServerSetup(ServerFiles files) {
    this.files = files;
  }

  /** Makes what is missing, touches nothing that is there. */
  static ServerControl prepare(ServerFiles files) throws IOException {
    Files.createDirectories(files.root());
    var setup = new ServerSetup(files);
    PostgresBinaries binaries = PostgresBinaries.unpackedIn(files.root());
    Starter starter = Starter.current(files.output());
    if (Files.exists(files.cluster())) {
      var control = new ServerControl(files, binaries, setup.rememberedUser(starter));
      setup.checkVersion(control);
      return control;
    }
    var control = new ServerControl(files, binaries, setup.chooseUser(starter));
    control.initialise();
    return control;
  }

  static Secret password(ServerFiles files) throws IOException {
    if (!Files.exists(files.password())) {
      throw new StoreException(
          "The password of the embedded database is gone: bring back "
              + files.password()
              + " from a copy.");
    }
    return new Secret(Files.readString(files.password()).strip());
  }

  private ServerUser chooseUser(Starter starter) throws IOException {
    ServerUser user =
        ServerUser.choose(starter)
            .orElseThrow(() ->
                new StoreException(
                    "The embedded PostgreSQL cannot run as user "
                        + starter.id()
                        + ", who has no name in /etc/passwd, without user namespaces: start"
                        + " Tocsin as a user with a name."
                        + WAY_OUT));
    Files.deleteIfExists(files.password());
    Files.createFile(files.password(), ServerFiles.OWNER_ONLY);
    Files.writeString(files.password(), newPassword() + "\n");
    user.give(files.password());
    Files.writeString(files.user(), user.word() + "\n");
    if (user == ServerUser.NOBODY) {
      checkThatNobodyMayEnter();
    }
    return user;
  }

  private void checkThatNobodyMayEnter() throws IOException {
    Optional<Path> closed = Folders.closedToOthers(files.root());
    if (closed.isPresent()) {
      throw new StoreException(
          "PostgreSQL refuses to run as root, and as nobody it may not enter "
              + closed.get()
              + ": set data.dir to a folder that all may enter, or start Tocsin as another user than"
              + " root."
              + WAY_OUT);
    }
  }

  private ServerUser rememberedUser(Starter starter) throws IOException {
    String word = Files.exists(files.user()) ? Files.readString(files.user()).strip() : "";
    ServerUser user =
        ServerUser.ofWord(word)
            .orElseThrow(() ->
                new StoreException(
                    files.user()
                        + " must say as whom the database was made: self, namespace or"
                        + " nobody."));
    int owner = Folders.owner(files.cluster());
    if (!user.possible(starter, owner)) {
      throw new StoreException(
          "The database in "
              + files.root()
              + " was made by user "
              + owner
              + " in mode "
              + user.word()
              + " and cannot be used by user "
              + starter.id()
              + (starter.namespaces() ? "" : ", without user namespaces")
              + ": start Tocsin as it was started then."
              + WAY_OUT);
    }
    return user;
  }

  private void checkVersion(ServerControl control) throws IOException {
    String made = Files.readString(files.version()).strip();
    Program.Result asked = control.version();
    Matcher version = MAJOR_VERSION.matcher(asked.output());
    if (version.find() && !version.group(1).equals(made)) {
      throw new StoreException(
          "The database in "
              + files.root()
              + " was made by PostgreSQL "
              + made
              + ", and this Tocsin brings PostgreSQL "
              + version.group(1)
              + ": nothing was touched. Run tocsin backup FILE with the Tocsin that made it, then set"
              + " another data.dir and run tocsin restore FILE with this one."
              + WAY_OUT);
    }
  }

  private static String newPassword() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
