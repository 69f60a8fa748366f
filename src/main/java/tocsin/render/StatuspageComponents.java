package tocsin.render;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Scope;
import tocsin.incident.Update;

/** Which components an incident's updates affect, in Statuspage's form; our ids are its codes. */
final class StatuspageComponents {
  private static final int MOST = 100;

  private final Names names;
  private final Map<String, String> states = new TreeMap<>();

  StatuspageComponents(Names names) {
    this.names = names;
  }

  /** To be told of the updates in their order. Null where it affects no component that is known. */
  @Nullable JsonArray affected(Update update) {
    JsonArray affected = new JsonArray();
    String now = StatuspageWords.component(update);
    for (String id : ids(update.affects())) {
      String before = states.put(id, now);
      affected.add(
          new JsonObject()
              .put("code", id)
              .put("name", names.component(id))
              .put("old_status", before == null ? StatuspageWords.OPERATIONAL : before)
              .put("new_status", now));
    }
    return affected.isEmpty() ? null : affected;
  }

  /** All that were affected so far. */
  JsonArray all(String pageId, Instant since, Instant changed) {
    JsonArray all = new JsonArray();
    states.forEach((id, status) ->
        all.add(
            new JsonObject()
                .put("status", status)
                .put("name", names.component(id))
                .put("created_at", StatuspageEvent.time(since))
                .put("updated_at", StatuspageEvent.time(changed))
                .put("position", all.size() + 1)
                .putNull("description")
                .put("showcase", true)
                .put("id", id)
                .put("page_id", pageId)
                .putNull("group_id")));
    return all;
  }

  /** What affects everything affects all that there are. */
  private List<String> ids(List<Scope> scopes) {
    TreeSet<String> ids = new TreeSet<>();
    for (Scope scope : scopes) {
      if (scope.component() == null) {
        ids.addAll(names.components().keySet());
      } else {
        ids.add(scope.component());
      }
    }
    return ids.stream().limit(MOST).toList();
  }
}
