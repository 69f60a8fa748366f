package tocsin.incident;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Update.Window;

/** How a row becomes an {@link Update}, for every query that reads one. */
public final class Updates {
  /** The columns of an update {@code u} of an incident {@code i}. */
  public static final String SELECT =
      """
      select u.id, u.incident, i.title, u.sequence, u.status, u.impact, u.body, u.affects,
        u.next_update_by, u.window_from, u.window_until, u.notify, u.accepted_at\
      """;

  public static final String FROM = "incident_update u join incident i on i.id = u.incident";

  private Updates() {}

  public static Update of(Row row) {
    OffsetDateTime from = row.getOffsetDateTime("window_from");
    return new Update(
        row.getInteger("id"),
        row.getString("incident"),
        row.getString("title"),
        row.getInteger("sequence"),
        Status.of(row.getString("status")).orElseThrow(),
        Impact.of(row.getString("impact")).orElseThrow(),
        UpdateJson.body(row.getJsonObject("body")),
        UpdateJson.affects(row.getJsonArray("affects")),
        instant(row.getOffsetDateTime("next_update_by")),
        from == null
            ? null
            : new Window(from.toInstant(), row.getOffsetDateTime("window_until").toInstant()),
        row.getBoolean("notify"),
        row.getOffsetDateTime("accepted_at").toInstant());
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
    return at == null ? null : at.toInstant();
  }
}
