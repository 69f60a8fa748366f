package tocsin.bench;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * The subscribers of one component: e-mail, and an endpoint for every fiftieth.
 *
 * @param addresses by subscriber
 */
record ChaosTown(Map<Integer, String> addresses, int emails, int webhooks) {
  static final String COMPONENT = "web";
  private static final int SHARE_OF_WEBHOOKS = 50;

  ChaosTown {
    addresses = Map.copyOf(addresses);
  }

  static ChaosTown settle(BenchDatabase database, int size, String hooks) throws SQLException {
    int webhooks = size / SHARE_OF_WEBHOOKS;
    database.run(
        """
        insert into component (id, name) values ('%1$s', 'Web');
        insert into subscriber (channel, address, address_key, locale, time_zone, secret,
          subscriptions, consent_source, consent_at)
        select case when n <= %3$d then 'webhook' else 'email' end, a, a, 'en', 'UTC',
            case when n <= %3$d then 'whsec_' || encode(sha256(a::bytea), 'base64') end,
            '[{"components": ["%1$s"], "minImpact": "none"}]', 'bench', now()
          from (select n, case when n <= %3$d then '%4$s/hook/' || n
              else 'person.' || n || '@domain-' || n %% 100 || '.example' end a
            from generate_series(1, %2$d) n) people;
        """
            .formatted(COMPONENT, size, webhooks, hooks));
    Map<Integer, String> addresses = new HashMap<>();
    try (Statement statement = database.connection().createStatement();
        ResultSet rows = statement.executeQuery("select id, address from subscriber")) {
      while (rows.next()) {
        addresses.put(rows.getInt(1), rows.getString(2));
      }
    }
    return new ChaosTown(addresses, size - webhooks, webhooks);
  }
}
