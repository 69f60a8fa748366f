package tocsin.bench;

import java.io.IOException;

/** A mail server on loopback that takes every mail and forgets it. */
interface MailSink extends AutoCloseable {
  int port();

  @Override
  void close() throws IOException;
}
