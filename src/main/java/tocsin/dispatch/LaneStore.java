package tocsin.dispatch;

import io.vertx.sqlclient.Pool;
import tocsin.audience.Departures;
import tocsin.audience.Recipients;
import tocsin.delivery.Chunks;
import tocsin.delivery.FrozenAudiences;
import tocsin.delivery.Ledger;
import tocsin.delivery.RecentSends;
import tocsin.delivery.Retries;
import tocsin.delivery.Successions;

/** All that one lane reads and writes. */
public record LaneStore(
    FrozenAudiences audiences,
    Chunks chunks,
    Retries retries,
    Successions successions,
    Ledger ledger,
    RecentSends sends,
    Recipients recipients,
    Departures departures) {

  public static LaneStore of(Pool pool, FrozenAudiences audiences) {
    return of(pool, audiences, new Ledger(pool));
  }

  /** Settles by this ledger. */
  public static LaneStore of(Pool pool, FrozenAudiences audiences, Ledger ledger) {
    return new LaneStore(
        audiences,
        new Chunks(pool),
        new Retries(pool),
        new Successions(pool),
        ledger,
        new RecentSends(pool, audiences),
        new Recipients(pool),
        new Departures(pool));
  }
}
