package tocsin.demo;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;

/** Plays one update after the other, with everything that people do before and in the midst. */
final class Stage {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
  private static final String EMAIL_LIMIT = "/v1/limits/email";
  private static final JsonObject SLOW = new JsonObject().put("permits", 150).put("per", "PT1S");

  private final GatewayApi api;
  private final Enrolment enrolment;
  private final DemoWorld world;
  private final Recording recording;
  private final Replay replay;
  private final InstantSource clock;

  Stage(
      GatewayApi api,
      Enrolment enrolment,
      DemoWorld world,
      Recording recording,
      InstantSource clock) {
    this.api = api;
    this.enrolment = enrolment;
    this.world = world;
    this.recording = recording;
    this.clock = clock;
    String run = Long.toString(clock.millis(), Character.MAX_RADIX);
    this.replay = new Replay(api, recording, FoundingIncident.PACE, clock, run);
  }

  boolean hasNext() {
    return replay.hasNext();
  }

  /**
   * Posts the next update and waits, within limits, until nobody in its audience waits any more.
   *
   * @param sequence of that update
   */
  Played play(int sequence) throws IOException, InterruptedException {
    List<Move> moves = world.moves(sequence);
    boolean leavesMidway = moves.stream().anyMatch(Move.LeaveMidway.class::isInstance);
    for (Move move : moves) {
      if (!(move instanceof Move.LeaveMidway)) {
        enrolment.perform(move);
      }
    }
    if (leavesMidway) {
      api.put(EMAIL_LIMIT, SLOW);
    }
    Posted posted = replay.next();
    if (leavesMidway) {
      await(posted, reckoning -> !reckoning.progress().equals("planning"));
    }
    for (Move move : moves) {
      if (move instanceof Move.LeaveMidway) {
        enrolment.perform(move);
      }
    }
    Reckoning reckoning = await(posted, Reckoning::isSettled);
    if (leavesMidway) {
      api.delete(EMAIL_LIMIT);
    }
    return new Played(
        sequence, recording.steps().get(sequence - 1), recording.posted(sequence), reckoning);
  }

  /** The last reckoning seen, which need not be as wished when the patience is over. */
  private Reckoning await(Posted update, Predicate<Reckoning> wished)
      throws IOException, InterruptedException {
    Instant end = clock.instant().plus(PATIENCE);
    Reckoning reckoning = Reckoning.of(api.get(update.path()));
    while (!wished.test(reckoning) && clock.instant().isBefore(end)) {
      Thread.sleep(BETWEEN_LOOKS);
      reckoning = Reckoning.of(api.get(update.path()));
    }
    return reckoning;
  }
}
