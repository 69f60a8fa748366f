package tocsin.bench;

import java.io.IOException;

/** A {@link LightSinkMain} in a child JVM. */
record LightSink(Child child, int port) implements MailSink {

  /**
   * @param extensions besides PIPELINING
   */
  static LightSink start(Workbench workbench, String... extensions) throws IOException {
    Child child = workbench.child("light-sink", LightSinkMain.class, extensions);
    return new LightSink(child, Integer.parseInt(child.ask("port")));
  }

  /** Octets of content so far. */
  long octets() {
    return Long.parseLong(child.ask("octets"));
  }

  @Override
  public void close() throws IOException {
    child.close();
  }
}
