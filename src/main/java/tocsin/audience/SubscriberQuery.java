package tocsin.audience;

import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One page of the list as a statement that holds only the filters that are asked for, so that each
 * combination has a plan of its own: by address and by customer an index, else the order of ids.
 */
final class SubscriberQuery {
  private final List<String> conditions = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  SubscriberQuery(SubscriberFilter filter, int limit, int after) {
    values.add(after);
    values.add(limit);
    Channel channel = filter.channel();
    Standing standing = filter.standing();
    and("channel = %s", channel == null ? null : channel.word());
    and("customer = %s", filter.customer());
    String address = filter.address();
    if (address != null) {
      and(
          "channel = any ('{email, sms, webhook}') and address_key = any (%s)",
          new String[] {
            address, address.toLowerCase(Locale.ROOT), String.valueOf(filter.emailKey())
          });
    }
    and("standing = %s", standing == null ? null : standing.word());
    health(filter.health());
  }

  String sql() {
    return "select %s from subscriber where id > $1%s order by id limit $2"
        .formatted(SubscriberRow.COLUMNS, String.join("", conditions));
  }

  Tuple values() {
    return Tuple.from(values);
  }

  private void health(@Nullable String health) {
    if (health == null) {
      return;
    }
    conditions.add(" and channel = 'webhook'");
    switch (health) {
      case "active", "throttled" ->
          conditions.add(
              " and standing = 'active' and "
                  + (health.equals("throttled") ? "" : "not ")
                  + "exists (select from endpoint_health h"
                  + " where h.subscriber = subscriber.id and h.throttled_until > now())");
      default -> and("standing = %s", health);
    }
  }

  private void and(String condition, @Nullable Object value) {
    if (value != null) {
      values.add(value);
      conditions.add(" and " + condition.formatted("$" + values.size()));
    }
  }
}
