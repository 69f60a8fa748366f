package tocsin.store;

import java.nio.file.Path;
import java.util.List;

/** A gateway in a process of its own, to be killed: starts the server, commits a row, waits. */
final class OutlivedGateway {
  static final String READY = "ready";

  private OutlivedGateway() {}

  /**
   * Never returns.
   *
   * @param arguments the data folder, the table to make
   */
  public static void main(String[] arguments) throws InterruptedException {
    EmbeddedPostgres server = EmbeddedPostgres.start(Path.of(arguments[0]));
    TestDatabase.execute(
        server.url(), List.of("create table " + arguments[1] + " as select 42 as answer"));
    System.out.println(READY);
    Thread.currentThread().join();
  }
}
