package tocsin.bench;

import java.sql.SQLException;
import java.util.List;
import tocsin.incident.Scope;

/**
 * E-mail subscribers of 50 components and 6 regions, the first of either the most wanted: one to
 * four components, one or two regions, and one in ten of either kind who wants all.
 */
final class Crowd {
  /** What the update that is matched affects. */
  static final List<Scope> AFFECTED =
      List.of(
          new Scope("web", "north-america", null), new Scope("public-api", "north-america", null));

  /** The number and the sum of the ids of whom it affects, by the plain way in SQL. */
  static final String MATCH =
      """
      select count(*), coalesce(sum(id), 0) from subscriber
       where standing not in ('unsubscribed', 'deleted') and channel = 'email'
         and exists (select from jsonb_array_elements(subscriptions) s
           where (s->'components' is null
               or s->'components' @> '"web"' or s->'components' @> '"public-api"')
             and (s->'regions' is null or s->'regions' @> '"north-america"')
             and s->>'minImpact' in ('none', 'minor', 'major'))
      """;

  private Crowd() {}

  static void settle(BenchDatabase database, int size) throws SQLException {
    database.run("select setseed(0.5)");
    database.run(
        """
        insert into subscriber (channel, address, address_key, locale, time_zone,
          subscriptions, consent_source, consent_at)
        select 'email', a, a, 'en', 'UTC',
            jsonb_build_array(jsonb_strip_nulls(jsonb_build_object(
              'minImpact', 'none', 'components', components, 'regions', regions))),
            'bench', now()
          from (select 'person.' || n || '@domain-' || n %% 1000 || '.example' a,
              case when n %% 10 <> 3 then (
                select jsonb_agg(distinct case c when 0 then 'web' when 1 then 'public-api'
                    else 'component-' || c end)
                  from (select floor(50 * random() ^ 2)::int c from generate_series(1, 1 + n %% 4)) x)
              end components,
              case when n %% 10 <> 7 then (
                select jsonb_agg(distinct case r when 0 then 'north-america' else 'region-' || r end)
                  from (select floor(6 * random() ^ 2)::int r from generate_series(1, 1 + n %% 2)) x)
              end regions
            from generate_series(1, %d) n) people
        """
            .formatted(size));
    database.run("vacuum (analyze) subscriber");
  }
}
