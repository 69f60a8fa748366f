package tocsin.bench;

import java.io.IOException;

/** The reference: Postfix's {@code smtp-source}, 32 connections that are used again. */
record SmtpSource(int port, int octets) {

  /** Mails a second. */
  double run(int mails) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    Tool.run(
        "smtp-source",
        "-4",
        "-d",
        "-s",
        "32",
        "-m",
        Integer.toString(mails),
        "-l",
        Integer.toString(octets),
        "-f",
        "status@example.com",
        "-t",
        "person@example.org",
        "127.0.0.1:" + port);
    return mails * 1e9 / (System.nanoTime() - begun);
  }
}
