package tocsin.delivery;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tocsin.channel.http.Exchange;
import tocsin.channel.webhook.Attempt;

/** Attempts that endpoints took, all of one update and one body, as one row of the log. */
final class AttemptRun {
  /** Where more were told at once, the headers of their answers are not kept. */
  static final int MOST_WITH_HEADERS = 100;

  static final int LONGEST_BODY = 500;

  /** The parameters are those of {@link #parameters}. */
  static final String INSERT =
      """
      insert into attempt_run (audience, request_body, at, subscribers, offsets, took, statuses,
        response_headers, response_bodies)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """;

  private final Kind kind;
  private final List<Attempt> attempts = new ArrayList<>();
  private final List<Exchange.Answered> answers = new ArrayList<>();
  private Instant first = Instant.MAX;

  /**
   * What attempts of one run share.
   *
   * @param body null where it is not kept
   */
  record Kind(int audience, @Nullable UUID body) {}

  /** Empty as yet. */
  AttemptRun(Kind kind) {
    this.kind = kind;
  }

  void add(Attempt attempt, Exchange.Answered answer) {
    attempts.add(attempt);
    answers.add(answer);
    if (attempt.at().isBefore(first)) {
      first = attempt.at().truncatedTo(ChronoUnit.MICROS);
    }
  }

  int size() {
    return attempts.size();
  }

  Tuple parameters() {
    int size = attempts.size();
    Integer[] subscribers = new Integer[size];
    Integer[] offsets = new Integer[size];
    Integer[] took = new Integer[size];
    Short[] statuses = new Short[size];
    for (int i = 0; i < size; i++) {
      Attempt attempt = attempts.get(i);
      subscribers[i] = attempt.message().id().subscriber();
      offsets[i] = Math.toIntExact(ChronoUnit.MILLIS.between(first, attempt.at()));
      took[i] = Math.toIntExact(attempt.took().toNanos() / 1_000);
      statuses[i] = (short) answers.get(i).status();
    }
    return Tuple.from(
        new @Nullable Object[] {
          kind.audience(),
          kind.body(),
          first.atOffset(ZoneOffset.UTC),
          subscribers,
          offsets,
          took,
          shared(statuses),
          headers(),
          bodies()
        });
  }

  private String @Nullable [] headers() {
    return attempts.size() > MOST_WITH_HEADERS
        ? null
        : shared(
            answers.stream()
                .map(answer -> Objects.requireNonNull(HeaderText.of(answer.headers())))
                .toArray(String[]::new));
  }

  private String @Nullable [] bodies() {
    boolean silent = answers.stream().map(Exchange.Answered::body).allMatch(AttemptRun::isEmpty);
    return silent
        ? null
        : shared(
            answers.stream()
                .map(answer -> AttemptRow.text(answer.body(), LONGEST_BODY))
                .toArray(String[]::new));
  }

  private static boolean isEmpty(Buffer body) {
    return body.length() == 0;
  }

  /** One for all, where all are equal. */
  private static <T> T[] shared(T[] values) {
    for (T value : values) {
      if (!value.equals(values[0])) {
        return values;
      }
    }
    return Arrays.copyOf(values, 1);
  }
}
