package tocsin.audience;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One import under way, on the context of its stream: pages are read ahead, and written in order.
 */
final class ImportRun {
  private static final int MOST_LINES = 2_000;
  private static final int MOST_BYTES = 1024 * 1024;
  private static final int MOST_PAGES_UNDER_WAY = 2;

  private final ReadStream<Buffer> stream;
  private final Function<List<ImportLine>, Future<ImportPage>> reader;
  private final ImportWriter writer;
  private final LineSplitter splitter = new LineSplitter(this::take);
  private final ImportTally tally = new ImportTally();
  private final Promise<ImportReport> done = Promise.promise();
  private List<ImportLine> page = new ArrayList<>();
  private int bytes;
  private int pagesUnderWay;
  private Future<Void> written = Future.succeededFuture();

  ImportRun(
      ReadStream<Buffer> stream,
      Function<List<ImportLine>, Future<ImportPage>> reader,
      ImportWriter writer) {
    this.stream = stream;
    this.reader = reader;
    this.writer = writer;
  }

  Future<ImportReport> start() {
    stream.exceptionHandler(done::tryFail);
    stream.endHandler(end -> end());
    stream.handler(this::feed);
    stream.resume();
    return done.future();
  }

  private void feed(Buffer chunk) {
    splitter.feed(chunk);
    if (pagesUnderWay >= MOST_PAGES_UNDER_WAY) {
      stream.pause();
    }
  }

  private void take(ImportLine line) {
    page.add(line);
    bytes += line instanceof ImportLine.Whole whole ? whole.bytes().length : 0;
    if (page.size() == MOST_LINES || bytes >= MOST_BYTES) {
      submit();
    }
  }

  private void end() {
    splitter.end();
    submit();
    written.onSuccess(all -> done.tryComplete(tally.report()));
  }

  private void submit() {
    Future<ImportPage> read = reader.apply(page);
    page = new ArrayList<>();
    bytes = 0;
    pagesUnderWay++;
    written =
        written
            .compose(before -> read)
            .compose(writer::write)
            .<Void>map(counts -> {
              tally.add(counts);
              next();
              return null;
            })
            .onFailure(done::tryFail);
  }

  private void next() {
    pagesUnderWay--;
    if (pagesUnderWay < MOST_PAGES_UNDER_WAY) {
      stream.resume();
    }
  }
}
