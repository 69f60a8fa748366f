package tocsin.bench;

import java.sql.SQLException;

/** E-mail subscribers of one component, the first of them of a second one too. */
final class Population {
  static final String ALL = "web";

  /**
   * A component that every hundredth subscriber asks for: neighbours, as those of the other are.
   */
  static final String FEW = "reports";

  static final int SHARE_OF_FEW = 100;

  private Population() {}

  static void settle(BenchDatabase database, int size) throws SQLException {
    database.run(
        """
        insert into component (id, name) values ('web', 'Web'), ('reports', 'Reports');
        insert into subscriber (channel, address, address_key, locale, time_zone,
          subscriptions, consent_source, consent_at)
        select 'email', a, a, case n %% 3 when 0 then 'de' else 'en' end,
            case n %% 2 when 0 then 'UTC' else 'America/New_York' end,
            case when n <= %d then '[{"components": ["web", "reports"], "minImpact": "none"}]'
              else '[{"components": ["web"], "minImpact": "none"}]' end::jsonb,
            'bench', now()
          from (select n, 'person.' || n || '@domain-' || n %% 1000 || '.example' a
            from generate_series(1, %d) n) people;
        """
            .formatted(size / SHARE_OF_FEW, size));
    database.run("vacuum (analyze) subscriber");
  }
}
