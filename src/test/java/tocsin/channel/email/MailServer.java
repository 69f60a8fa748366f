package tocsin.channel.email;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A mail server of this machine, with configuration and queue in a folder of its own. It takes mail
 * for example.org; recipients that begin with "gone" it refuses for good, with "grey" for now.
 */
interface MailServer {
  /** More than this it does not take, in octets. */
  int LIMIT = 200_000;

  /** Why it cannot run here; empty where it can. */
  String missing();

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
