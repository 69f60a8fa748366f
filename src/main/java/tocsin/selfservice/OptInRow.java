package tocsin.selfservice;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Address;
import tocsin.audience.Channel;
import tocsin.audience.KeyPair;
import tocsin.audience.Registration;
import tocsin.audience.WebhookKeys;
import tocsin.audience.Wording;

/**
 * An opt-in as it stands.
 *
 * @param confirmedAt when it, or the opt-in whose code it asks for, was confirmed; null: neither
 * @param codeOf the opt-in whose code is asked for; null: no code is good
 * @param tries wrong codes so far
 * @param challenges how often the endpoint was asked whether it agrees
 * @param challengedAt null: never
 * @param now by the database's clock
 */
record OptInRow(
    int id,
    Registration wish,
    WebhookKeys keys,
    @Nullable Wording wording,
    String source,
    Instant requestedAt,
    Instant expiresAt,
    @Nullable Instant confirmedAt,
    @Nullable Integer codeOf,
    int tries,
    int challenges,
    @Nullable Instant challengedAt,
    Instant now) {

  /** What a query selects for it; {@code o} is the opt-in, {@code c} the one whose code counts. */
  static final String COLUMNS =
      """
      o.id, o.channel, o.address, o.address_key, o.locale, o.time_zone, o.wish, o.contact, o.secret,
      o.signing_key, o.public_key, o.wording, o.wording_version, o.source, o.requested_at,
      o.expires_at, coalesce(o.confirmed_at, c.confirmed_at) as confirmed_at, o.code_of, c.tries,
      o.challenges, o.challenged_at, now() as now
      """;

  static OptInRow of(Row row) {
    String privateKey = row.getString("signing_key");
    String wording = row.getString("wording");
    return new OptInRow(
        row.getInteger("id"),
        WishJson.stored(
            new Address(
                Channel.of(row.getString("channel")).orElseThrow(),
                row.getString("address"),
                row.getString("address_key")),
            row.getString("locale"),
            ZoneId.of(row.getString("time_zone")),
            row.getString("contact"),
            row.getString("secret"),
            row.getJsonObject("wish")),
        new WebhookKeys(
            row.getString("secret"),
            privateKey == null ? null : new KeyPair(privateKey, row.getString("public_key"))),
        wording == null ? null : new Wording(wording, row.getInteger("wording_version")),
        row.getString("source"),
        row.getOffsetDateTime("requested_at").toInstant(),
        row.getOffsetDateTime("expires_at").toInstant(),
        instant(row.getOffsetDateTime("confirmed_at")),
        row.getInteger("code_of"),
        row.getInteger("tries"),
        row.getInteger("challenges"),
        instant(row.getOffsetDateTime("challenged_at")),
        row.getOffsetDateTime("now").toInstant());
  }

  OptIn.State state() {
    if (confirmedAt != null) {
      return OptIn.State.CONFIRMED;
    }
    return now.isBefore(expiresAt) ? OptIn.State.OPEN : OptIn.State.EXPIRED;
  }

  OptIn.Proof proof() {
    return switch (wish.channel()) {
      case EMAIL -> OptIn.Proof.BUTTON;
      case SMS -> OptIn.Proof.CODE;
      case WEBHOOK -> codeOf == null ? OptIn.Proof.CHALLENGE : OptIn.Proof.CODE;
    };
  }

  /** Without address and keys. */
  @Override
  public String toString() {
    return "OptInRow[" + id + "]";
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
    return at == null ? null : at.toInstant();
  }
}
