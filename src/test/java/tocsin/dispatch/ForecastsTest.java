package tocsin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;
import tocsin.audience.Channel;
import tocsin.delivery.Plans.Part;
import tocsin.incident.Impact;
import tocsin.incident.Scope;
import tocsin.incident.Status;
import tocsin.incident.Text;
import tocsin.incident.Update;
import tocsin.limit.Limits;
import tocsin.limit.Rate;
import tocsin.render.TemplateException;

/** What is read for a forecast: the limits, who falls under them, and what is left to be told. */
class ForecastsTest {
  private static final double USED = 0.97;
  private final EngineFixture engine = fixture();
  private final Limits limits = new Limits(engine.pool);

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void theSlowestOfLaneAndDomainsDecides() {
    limit("email", 1_000);
    limit("email:domain:slow.example.com", 10);
    limit("email:domain:*", 200);
    RoaringBitmap members = engine.subscribers(1_000, "fast.example.com");
    assertThat(ahead(members)).isCloseTo(1_000 / 200 / USED, within(0.1));
    members.or(engine.subscribers(100, "slow.example.com"));
    assertThat(ahead(members)).isCloseTo(100 / 10 / USED, within(0.1));

    Update update = engine.planned(members);
    assertThat(live(update)).isCloseTo(100 / 10 / USED, within(0.1));
  }

  @Test
  void onlyWhatIsLeftCounts() {
    limit("email", 100);
    Update update = engine.planned(engine.subscribers(2_000, "example.com"));
    engine.sql("update chunk set settled = size, sent = size, done = true where number < 2");
    engine.sql("update chunk set settled = 400, sent = 400 where number = 2");

    assertThat(live(update)).isCloseTo(600 / 100.0 / USED, within(0.1));
  }

  @Test
  void whoLeftAChunkForTheLineOfASlowDomainIsCountedOnce() {
    limit("email:domain:slow.example.com", 10);
    RoaringBitmap members = engine.subscribers(300, "example.com");
    RoaringBitmap slow = engine.subscribers(200, "slow.example.com");
    members.or(slow);
    Update update = engine.planned(members);
    engine.sql("update chunk set settled = 150, sent = 0");
    engine.sql(
        """
        insert into retry (audience, subscriber, chunk, channel, priority, attempts, reason,
          waits_for, due_at)
        select c.audience, s.id, 0, 'email', 4, 0, 'limit', 'email:domain:slow.example.com', now()
        from chunk c, (select id from subscriber order by id desc limit 150) s
        """);

    assertThat(live(update)).isCloseTo(200 / 10.0 / USED, within(0.3));
  }

  @Test
  void theMembersOfADomainAreCountedChunkByChunk() {
    limit("email:domain:slow.example.com", 10);
    RoaringBitmap members = engine.subscribers(500, "slow.example.com");
    members.or(engine.subscribers(500, "example.com"));
    Update update = engine.planned(members);
    engine.sql("update chunk set settled = 250, sent = 250 where number = 0");
    engine.sql(
        """
        insert into ledger (audience, chunk, state, attempts, subscribers, details)
        select c.audience, 0, 'sent', 1,
          (select array_agg(id) from (select id from subscriber order by id limit 250) s), '{x}'
        from chunk c where c.number = 0
        """);

    assertThat(live(update)).isCloseTo(250 / 10.0 / USED, within(0.1));
  }

  @Test
  void whatIsPausedIsNeitherForecastNorAheadOfOthers() {
    limit("email", 100);
    Update paused = engine.planned(engine.subscribers(2_000, "example.com"));
    engine.sql("update incident_update set control = 'paused'");
    RoaringBitmap members = engine.subscribers(1_000, "example.org");

    assertThat(forecasts().of(paused.id(), Set.of(Channel.EMAIL)).await()).isEmpty();
    assertThat(ahead(members)).isCloseTo(1_000 / 100 / USED, within(0.1));
    engine.sql("update incident_update set control = 'running'");
    assertThat(ahead(members)).isCloseTo(2_000 / 100 / USED, within(0.1));
  }

  @Test
  void theBusiestSecondsOfRecentAudiencesAreTheCapacityUntilALimitIsChanged() {
    Update update = engine.planned(engine.subscribers(2_000, "example.com"));
    engine
        .pool
        .preparedQuery(
            """
            insert into ledger (audience, chunk, at, state, attempts, subscribers, details)
            select a.id, 0, date_trunc('minute', now()) + n * interval '1 s', 'sent', 1,
              array_fill(1, array[case when n < 10 then 190 else 10 end]), '{x}'
            from audience a, generate_series(0, 19) n where a.update_id = $1
            """)
        .execute(Tuple.of(update.id()))
        .await();
    engine.sql("update audience set completed_at = now()");
    RoaringBitmap members = engine.subscribers(3_800, "example.org");

    assertThat(ahead(members)).isCloseTo(3_800 / 190, within(0.1));
    limit("email:domain:example.net", 7);
    assertThat(ahead(members)).isCloseTo(3_800 / 500.0, within(0.1));
  }

  private void limit(String key, int perSecond) {
    limits.put(key, new Rate(perSecond, Duration.ofSeconds(1))).await();
  }

  private double ahead(RoaringBitmap members) {
    Update update =
        new Update(
            Integer.MAX_VALUE,
            "outage",
            "Outage",
            1,
            Status.IDENTIFIED,
            Impact.MAJOR,
            Text.of("x"),
            List.of(new Scope(null, null, null)),
            null,
            null,
            true,
            Instant.EPOCH);
    return seconds(
        forecasts()
            .of(update, Channel.EMAIL, List.of(new Part(Channel.EMAIL, 4, members)))
            .await());
  }

  private double live(Update update) {
    Map<Channel, LastSend> forecasts = forecasts().of(update.id(), Set.of(Channel.EMAIL)).await();
    assertThat(forecasts).containsOnlyKeys(Channel.EMAIL);
    return seconds(forecasts.values().iterator().next());
  }

  private static double seconds(LastSend last) {
    return last.in().toMillis() / 1_000.0;
  }

  /** Without what an earlier one remembers. */
  private Forecasts forecasts() {
    return new Forecasts(
        engine.pool, engine.audiences, engine.preparation, InstantSource.fixed(Instant.now()));
  }

  private static EngineFixture fixture() {
    try {
      return new EngineFixture();
    } catch (TemplateException wrong) {
      throw new IllegalStateException(wrong);
    }
  }
}
