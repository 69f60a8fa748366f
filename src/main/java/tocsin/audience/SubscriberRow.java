package tocsin.audience;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import tocsin.incident.Problem;

/** A row of the table as a {@link Subscriber}. */
final class SubscriberRow {
  /** What a query selects or returns for it. */
  static final String COLUMNS =
      "id, channel, address, locale, time_zone, customer, subscriptions, updates, dialect,"
          + " signature, contact, shared, public_key, standing, consent_source, consent_at, created_at";

  private SubscriberRow() {}

  static Subscriber subscriber(Row row) {
    return new Subscriber(
        row.getInteger("id"),
        Channel.of(row.getString("channel")).orElseThrow(),
        row.getString("address"),
        row.getString("locale"),
        ZoneId.of(row.getString("time_zone")),
        row.getString("customer"),
        SubscriptionJson.stored(row.getJsonArray("subscriptions")),
        UpdateChoice.of(row.getString("updates")).orElseThrow(),
        new WebhookForm(
            Dialect.of(row.getString("dialect")).orElseThrow(),
            SignatureScheme.of(row.getString("signature")).orElseThrow(),
            row.getString("contact")),
        Mailbox.of(row.getBoolean("shared")),
        row.getString("public_key"),
        Standing.of(row.getString("standing")).orElseThrow(),
        new Consent(
            row.getString("consent_source"), row.getOffsetDateTime("consent_at").toInstant()),
        row.getOffsetDateTime("created_at").toInstant());
  }

  /** Of a row with {@code channel}, {@code address} and {@code address_key}. */
  static Address address(Row row) {
    return new Address(
        Channel.of(row.getString("channel")).orElseThrow(),
        row.getString("address"),
        row.getString("address_key"));
  }

  static List<Subscriber> subscribers(RowSet<Row> rows) {
    var subscribers = new ArrayList<Subscriber>(rows.size());
    rows.forEach(row -> subscribers.add(subscriber(row)));
    return subscribers;
  }

  /** Fails with NOT_FOUND where there is no row. */
  static Future<Subscriber> only(int id, RowSet<Row> rows) {
    return rows.size() == 0
        ? Future.failedFuture(Problem.notFound("there is no subscriber " + id).exception())
        : Future.succeededFuture(subscriber(rows.iterator().next()));
  }
}
