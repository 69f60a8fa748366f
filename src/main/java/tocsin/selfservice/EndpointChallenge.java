package tocsin.selfservice;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import tocsin.audience.Dialect;
import tocsin.audience.Registration;

/**
 * Asks an endpoint whether it wants events of ours; what does so stands to the right and is passed
 * in.
 */
public interface EndpointChallenge {

  /**
   * An endpoint that nobody has vouched for yet.
   *
   * @param optIn its id
   * @param url hostile
   * @param keys each signs the question
   */
  record Endpoint(int optIn, String url, List<String> keys, Dialect dialect, String locale) {
    public Endpoint {
      keys = List.copyOf(keys);
    }

    static Endpoint of(OptInRow row) {
      Registration wish = row.wish();
      return new Endpoint(
          row.id(),
          wish.address().text(),
          row.keys().of(wish.form().signature()),
          wish.form().dialect(),
          wish.locale());
    }

    /** Without URL and keys. */
    @Override
    public String toString() {
      return "Endpoint[" + optIn + "]";
    }
  }

  /** Whether it echoes what nobody else can know; empty: it does, else what it did instead. */
  Future<Optional<String>> echo(Endpoint endpoint);

  /** Posts a code for people to read; empty: it was taken, else what became of it. */
  Future<Optional<String>> post(Endpoint endpoint, String code);
}
