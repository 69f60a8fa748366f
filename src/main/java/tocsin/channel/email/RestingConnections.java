package tocsin.channel.email;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The connections that wait for their next mail; the one that rested least is taken first. */
final class RestingConnections {
  private final InstantSource clock;
  private final Deque<Connection> resting = new ArrayDeque<>();
  private boolean isClosed;

  RestingConnections(InstantSource clock) {
    this.clock = clock;
  }

  Optional<Connection> take() {
    closeSpent();
    synchronized (resting) {
      return Optional.ofNullable(resting.pollFirst());
    }
  }

  void put(Connection connection) {
    synchronized (resting) {
      if (!isClosed) {
        resting.addFirst(connection);
        return;
      }
    }
    connection.close();
  }

  void closeSpent() {
    List<Connection> spent = new ArrayList<>();
    synchronized (resting) {
      resting.removeIf(connection -> connection.isSpent(clock.instant()) && spent.add(connection));
    }
    spent.forEach(Connection::close);
  }

  /** From here on, what is put is closed. */
  void close() {
    List<Connection> last;
    synchronized (resting) {
      isClosed = true;
      last = List.copyOf(resting);
      resting.clear();
    }
    last.forEach(Connection::close);
  }
}
