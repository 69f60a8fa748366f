package tocsin.bench;

import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Webhook subscribers: some at one host, each with a path of its own, some at many hosts. */
final class Endpoints {
  /** What an update to those at one host affects, and to those at many. */
  static final String ONE_HOST = "web";

  static final String MANY_HOSTS = "tls";

  private static final int HOSTS = 200;

  private Endpoints() {}

  static void settle(BenchDatabase database, int atOne, int atMany, Nginx server)
      throws SQLException {
    database.run("insert into component (id, name) values ('web', 'Web'), ('tls', 'TLS')");
    settle(database, ONE_HOST, atOne, "'http://127.0.0.1:" + server.plainPort() + "/hook/' || n");
    settle(
        database,
        MANY_HOSTS,
        atMany,
        "'https://h' || n %% %d || '.%s:%d/hook/' || n"
            .formatted(HOSTS, HookCertificate.DOMAIN, server.tlsPort()));
    database.run("vacuum (analyze) subscriber");
  }

  private static void settle(BenchDatabase database, String component, int count, String url)
      throws SQLException {
    database.run(
        """
        insert into subscriber (channel, address, address_key, locale, time_zone, secret,
          subscriptions, consent_source, consent_at)
        select 'webhook', a, a, 'en', 'UTC', 'whsec_' || encode(sha256(a::bytea), 'base64'),
            '[{"components": ["%s"], "minImpact": "none"}]', 'bench', now()
          from (select %s a from generate_series(1, %d) n) hooks
        """
            .formatted(component, url, count));
  }

  /** The setting {@code webhook.allow}. */
  static String allowed() {
    return "127.0.0.1," + names().collect(Collectors.joining(","));
  }

  /** As a hosts file has them. */
  static String hosts() {
    return names().map(name -> "127.0.0.1 " + name + "\n").collect(Collectors.joining());
  }

  private static Stream<String> names() {
    return IntStream.range(0, HOSTS).mapToObj(n -> "h" + n + "." + HookCertificate.DOMAIN);
  }
}
