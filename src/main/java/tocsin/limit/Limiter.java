package tocsin.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers how long a send has to wait for all limits that it falls under, and spends the permits
 * when it need not: all of them or none. The limits hold for all nodes together: slots are reserved
 * from a {@link SlotSource} a fraction of a second ahead, by the limiter itself when somebody wants
 * them, and spent from memory. Thread-safe, never blocks; remembers at most 100,000 keys.
 *
 * <p>A changed rate holds at once: what was reserved under the old one is given up, and the row
 * that all nodes share says where the new one begins. A window that lies across the change holds no
 * more than the looser of both allows in it.
 */
public final class Limiter {
  private static final Logger log = LoggerFactory.getLogger(Limiter.class);
  private static final long MOST_KEYS = 100_000;
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);
  private static final long HORIZON = SlotSource.HORIZON.toNanos();

  /** What one reservation takes at most, so that busy nodes share a limit evenly. */
  private static final long SHARE = HORIZON / 4;

  /** How long the database takes to answer, where nothing better is known. */
  private static final long ANSWER_TIME = Duration.ofMillis(5).toNanos();

  private final Ticker ticker;
  private final SlotSource source;
  private final Cache<String, Stock> stocks;
  private final Requests requests;
  private final DatabaseClock clock = new DatabaseClock();
  private volatile Rates rates = Rates.NONE;
  private final List<Runnable> onGrant = new CopyOnWriteArrayList<>();

  /** A demand with a rate, and the slots for it that are here. */
  private record Limited(Demand demand, Stock stock) {}

  public Limiter(Ticker ticker, SlotSource source) {
    this.ticker = ticker;
    this.source = source;
    this.requests = new Requests(ticker.read());
    this.stocks =
        Caffeine.newBuilder()
            .maximumSize(MOST_KEYS)
            .ticker(ticker)
            .expireAfterAccess(FORGOTTEN_AFTER)
            .build();
  }

  /** From now on these rates hold; a key without one is not limited. */
  public synchronized void rates(Map<String, Rate> current) {
    rates = Rates.of(current);
    requests.forget();
  }

  public Map<String, Rate> rates() {
    return rates.byKey();
  }

  /** The rate that holds for this key: its own, or the default of its kind. */
  public Optional<Rate> rate(String key) {
    return rates.of(key);
  }

  public boolean limits(String key) {
    return rates.find(key) != null;
  }

  /** Also calls this whenever slots have come, on a thread that must not be held up. */
  public void onGrant(Runnable listener) {
    onGrant.add(listener);
  }

  /** {@link Wait#NONE} if the permits are spent, else when to ask again. */
  public Wait reserve(List<Demand> demands) {
    if (!rates.limitAny(demands)) {
      return Wait.NONE;
    }
    List<Want> wants;
    Wait wait;
    long now;
    synchronized (this) {
      now = ticker.read();
      List<Limited> limited = limited(demands, now);
      wait = spend(limited, now);
      // nothing is reserved for who waits for another limit anyway
      if (wait.duration().toNanos() <= HORIZON) {
        for (Limited each : limited) {
          want(each, wait.isNone() ? each.demand().permits() : 0, now);
        }
      }
      wants = requests.next(now);
    }
    ask(wants, now);
    return wait;
  }

  private List<Limited> limited(List<Demand> demands, long now) {
    List<Limited> limited = new ArrayList<>(demands.size());
    for (Demand demand : demands) {
      Rate rate = rates.find(demand.key());
      if (rate != null) {
        Stock stock = stocks.getIfPresent(demand.key());
        if (stock == null || !stock.rate().equals(rate)) {
          int largest = stock == null ? 1 : stock.spacing().largest();
          stock = new Stock(rate, largest, now);
          stocks.put(demand.key(), stock);
        }
        stock.grow(demand.permits());
        limited.add(new Limited(demand, stock));
      }
    }
    return limited;
  }

  private Wait spend(List<Limited> limited, long now) {
    Wait longest = Wait.NONE;
    for (Limited each : limited) {
      OptionalLong known = each.stock().waitFor(each.demand().permits(), now);
      long wait =
          known.isPresent()
              ? each.stock().spacing().worthWaiting(known.getAsLong())
              : untilAnswered(each.stock(), now);
      if (wait > longest.duration().toNanos()) {
        longest =
            new Wait(
                Duration.ofNanos(wait), each.demand().key(), each.stock().spacing().perPermit());
      }
    }
    if (longest.isNone()) {
      limited.forEach(each -> each.stock().spend(each.demand().permits()));
    }
    return longest;
  }

  private long untilAnswered(Stock stock, long now) {
    long asked = Math.max(stock.askAfter() - now, requests.notBefore() - now);
    return Math.max(asked, ANSWER_TIME);
  }

  /**
   * Notes what is worth asking for: slots that are missing, or the ones after those that are here.
   */
  private void want(Limited limited, int gone, long now) {
    Stock stock = limited.stock();
    Spacing spacing = stock.spacing();
    int permits = limited.demand().permits();
    // who keeps spending will go on, whether that was said or not
    int going = stock.spent() > 1 ? stock.spent() : 0;
    int wanted = Math.max(spacing.slots(limited.demand().wanted() - gone), going);
    boolean missing = gone == 0 && stock.waitFor(permits, now).isEmpty();
    boolean endsSoon = wanted > stock.size() && !stock.lastsUntil(now + HORIZON / 2);
    if ((missing || endsSoon) && now - stock.askAfter() >= 0) {
      int least = spacing.slots(permits);
      long share = Math.max(least, SHARE / spacing.interval() + 1);
      long most = Math.max(wanted - (long) stock.size(), 2L * stock.spent());
      requests.add(
          new Want(limited.demand().key(), spacing, least, (int) Math.clamp(most, least, share)));
      stock.asked();
    }
  }

  private void ask(List<Want> wants, long askedAt) {
    if (!wants.isEmpty()) {
      source.reserve(wants).onSuccess(grants -> received(grants, askedAt)).onFailure(this::failed);
    }
  }

  private void received(List<Grant> grants, long askedAt) {
    List<Want> next;
    long now;
    boolean recovered;
    synchronized (this) {
      now = ticker.read();
      for (Grant grant : grants) {
        clock.observe(askedAt, now, grant.now());
        Stock stock = stocks.getIfPresent(grant.want().key());
        if (stock != null && stock.spacing().equals(grant.want().spacing())) {
          stock(stock, grant);
        }
      }
      recovered = requests.answered(grants);
      next = requests.next(now);
    }
    if (recovered) {
      log.info("limits.reserved again=true");
    }
    ask(next, now);
    if (grants.stream().anyMatch(grant -> grant.count() > 0)) {
      onGrant.forEach(Runnable::run);
    }
  }

  private void stock(Stock stock, Grant grant) {
    long interval = stock.spacing().interval();
    stock.grow(grant.largest());
    if (grant.count() > 0) {
      long from = clock.latest(grant.at());
      long until = clock.earliest(grant.at()) + stock.spacing().slack();
      stock.add(new Run(from, until, interval, grant.count()));
    } else if (grant.largest() == stock.spacing().largest()) {
      stock.askAfter(clock.earliest(grant.at()) - HORIZON);
    }
  }

  private void failed(Throwable cause) {
    boolean first;
    synchronized (this) {
      first = requests.failed(ticker.read());
    }
    if (first) {
      log.warn("limits.not_reserved retrying=true: what is limited waits", cause);
    }
  }
}
