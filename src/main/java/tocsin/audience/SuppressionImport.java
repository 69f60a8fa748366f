package tocsin.audience;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayList;
import java.util.List;
import tocsin.incident.ProblemException;

/**
 * Reads entries of the suppression list from newline-delimited JSON of any length, page by page;
 * the stream is paused while one is written.
 */
public final class SuppressionImport {
  private static final int PAGE = 500;

  private final SuppressionList list;

  public SuppressionImport(SuppressionList list) {
    this.list = list;
  }

  /**
   * Keeps the good lines and reports the bad: as {@code imported} and {@code rejected}. What was
   * kept stays where it fails half way, and the same file may be given again.
   *
   * @param lines not yet flowing, or paused
   * @param source {@code import:<key name>}
   */
  public Future<ImportReport> run(ReadStream<Buffer> lines, String source) {
    return new Run(lines, source).start();
  }

  private final class Run {
    private final ReadStream<Buffer> stream;
    private final String source;
    private final LineSplitter splitter = new LineSplitter(this::take);
    private final ImportTally tally = new ImportTally();
    private final Promise<ImportReport> done = Promise.promise();
    private List<SuppressedAddress> good = new ArrayList<>();
    private List<RejectedLine> rejected = new ArrayList<>();
    private Future<Void> written = Future.succeededFuture();

    Run(ReadStream<Buffer> stream, String source) {
      this.stream = stream;
      this.source = source;
    }

    Future<ImportReport> start() {
      stream.exceptionHandler(done::tryFail);
      stream.endHandler(end -> {
        splitter.end();
        write();
        written.onSuccess(all -> done.tryComplete(tally.report())).onFailure(done::tryFail);
      });
      stream.handler(chunk -> {
        splitter.feed(chunk);
        if (!written.isComplete()) {
          stream.pause();
        }
      });
      stream.resume();
      return done.future();
    }

    private void take(ImportLine line) {
      try {
        good.add(SuppressionJson.parse(LineReader.object(line)));
      } catch (ProblemException wrong) {
        rejected.add(
            ImportPage.rejected(line.number(), wrong.problem().errors(), wrong.problem().detail()));
      }
      if (good.size() + rejected.size() == PAGE) {
        write();
      }
    }

    private void write() {
      List<SuppressedAddress> entries = good;
      var counts = new ImportTally.Page(entries.size(), 0, 0, 0, rejected);
      good = new ArrayList<>();
      rejected = new ArrayList<>();
      written =
          written
              .compose(before -> list.putAll(entries, source))
              .onSuccess(kept -> {
                tally.add(counts);
                stream.resume();
              })
              .onFailure(done::tryFail);
    }
  }
}
