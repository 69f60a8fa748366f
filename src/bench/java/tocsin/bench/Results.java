package tocsin.bench;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.util.List;
import tocsin.audience.Channel;
import tocsin.delivery.Ledger;
import tocsin.delivery.Settlement;

/** What becomes of the results of a fan-out. */
enum Results {
  WRITTEN {
    @Override
    Ledger ledger(Pool pool) {
      return new Ledger(pool);
    }
  },
  DISCARDED {
    @Override
    Ledger ledger(Pool pool) {
      return new Ledger(pool) {
        @Override
        public Future<Integer> settle(Channel channel, long flush, List<Settlement> batch) {
          return Future.succeededFuture(batch.size());
        }
      };
    }
  };

  abstract Ledger ledger(Pool pool);
}
