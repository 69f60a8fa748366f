package tocsin.channel.email;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import tocsin.channel.email.Ports.Manner;

/**
 * A mail server of this machine, with configuration and queue in a folder of its own. It takes mail
 * for example.org; recipients that begin with "gone" it refuses for good, with "grey" for now.
 */
interface MailServer {
  /** More than this it does not take, in octets. */
  int LIMIT = 200_000;

  /** Why it cannot run here; empty where it can. */
  String missing();

  /** In how many ways it can be told to take mail. */
  Set<Manner> manners();

  /**
   * Returns when it answers on every port.
   *
   * @param folder the same each time it is started again
   */
  RunningServer start(Path folder, Ports ports, Path chain) throws IOException;

  Mailbox mailbox(Path folder);

  /** How many mails make it busy long enough to be stopped among them. */
  int restartedAmong();
}
