package tocsin.feedback;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Writes what comes in together in one go: while one batch is written, the next one gathers.
 *
 * @param <E> what is written
 */
final class Batches<E> {
  private static final int LARGEST = 500;
  private static final int MOST_WAITING = 10_000;

  private final Function<List<E>, Future<Void>> write;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Waiting<E>> waiting = new ArrayDeque<>();
  private boolean writing;

  private record Waiting<E>(E element, Promise<Void> written) {}

  Batches(Function<List<E>, Future<Void>> write) {
    this.write = write;
  }

  /** Completes when it is written; fails when it was not, or when too much is waiting. */
  Future<Void> add(E element) {
    Promise<Void> written = Promise.promise();
    lock.lock();
    try {
      if (waiting.size() >= MOST_WAITING) {
        return Future.failedFuture("too much is waiting to be written");
      }
      waiting.add(new Waiting<>(element, written));
      if (writing) {
        return written.future();
      }
      writing = true;
    } finally {
      lock.unlock();
    }
    writeNext();
    return written.future();
  }

  private void writeNext() {
    List<Waiting<E>> batch = next();
    if (!batch.isEmpty()) {
      written(batch)
          .onComplete(done -> {
            batch.forEach(each -> each.written().handle(done));
            writeNext();
          });
    }
  }

  private List<Waiting<E>> next() {
    lock.lock();
    try {
      List<Waiting<E>> batch = new ArrayList<>();
      while (batch.size() < LARGEST && !waiting.isEmpty()) {
        batch.add(waiting.poll());
      }
      writing = !batch.isEmpty();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private Future<Void> written(List<Waiting<E>> batch) {
    try {
      return write.apply(batch.stream().map(Waiting::element).toList());
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }
}
