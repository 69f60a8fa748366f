package tocsin.feedback;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import tocsin.audience.DeliveryId;
import tocsin.store.Answer;

/** Updates that went out by mail, and subscribers who got them. */
final class MailWorld {
  final Pool pool;
  private final List<Integer> audiences = new ArrayList<>();
  private int people;

  MailWorld(Pool pool) {
    this.pool = pool;
  }

  /** Planned in a minute, so after every subscriber was there. */
  void updates(int count) {
    run(
        """
        insert into incident (id, title, kind, status, impact, last_sequence)
        values ('mail-world', 't', 'incident', 'identified', 'minor', 100)
        """,
        Tuple.tuple());
    for (int sequence = 1; sequence <= count; sequence++) {
      audiences.add(
          Answer.of(
                  pool.preparedQuery(
                          """
                          with u as (
                            insert into incident_update (incident, sequence, status, impact, body,
                              affects, notify, source, fingerprint, planned_at)
                            values ('mail-world', $1, 'identified', 'minor', '{"": "x"}', '[{}]',
                              true, 'test', '', now() + interval '1 minute')
                            returning id)
                          insert into audience
                            (update_id, channel, priority, size, members, chunk_size)
                          select id, 'email', 4, 1, $2, 5000 from u returning id
                          """)
                      .execute(Tuple.of(sequence, Buffer.buffer())))
              .iterator()
              .next()
              .getInteger("id"));
    }
  }

  /** A new one who is active. */
  int subscriber() {
    return subscriber("no-list");
  }

  /**
   * @param kind {@code list} for a shared mailbox
   */
  int subscriber(String kind) {
    String address = "jo" + ++people + "@example.com";
    return Answer.of(
            pool.preparedQuery(
                    """
                    insert into subscriber (channel, address, address_key, locale, time_zone,
                      subscriptions, consent_source, consent_at, shared)
                    values ('email', $1, $1, 'en', 'UTC', '[]', 'test', now(), $2) returning id
                    """)
                .execute(Tuple.of(address, kind.equals("list"))))
        .iterator()
        .next()
        .getInteger("id");
  }

  /** An open one. */
  int optIn() {
    return Answer.of(
            pool.preparedQuery(
                    """
                    insert into opt_in (channel, address, address_key, locale, time_zone, wish,
                      source, expires_at, told, told_channel, told_key)
                    values ('email', $1, $1, 'en', 'UTC', '{}', 'test', now() + interval '1 day',
                      'confirm', 'email', $1)
                    returning id
                    """)
                .execute(Tuple.of("opt" + ++people + "@example.com")))
        .iterator()
        .next()
        .getInteger("id");
  }

  /** A mail about an opt-in or a subscriber. */
  int notice(String kind, int subject) {
    return Answer.of(
            pool.preparedQuery(
                    """
                    insert into notice (kind, channel, address, subject, locale, time_zone, outcome)
                    values ($1, 'email', 'jo@example.com', $2, 'en', 'UTC', 'sent') returning id
                    """)
                .execute(Tuple.of(kind, subject)))
        .iterator()
        .next()
        .getInteger("id");
  }

  /** The mail of the update with that number, from 1, to the subscriber. */
  DeliveryId delivery(int update, int subscriber) {
    return new DeliveryId(audiences.get(update - 1), subscriber);
  }

  String standing(int subscriber) {
    return text("select standing from subscriber where id = $1", subscriber);
  }

  String text(String sql, int subscriber) {
    return Answer.of(pool.preparedQuery(sql).execute(Tuple.of(subscriber)))
        .iterator()
        .next()
        .getString(0);
  }

  void run(String sql, Tuple parameters) {
    Answer.of(pool.preparedQuery(sql).execute(parameters));
  }
}
