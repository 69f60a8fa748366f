package tocsin.store;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.core.Utils;

/**
 * A table of the gateway, and what of it can be kept elsewhere: transaction ids mean nothing in
 * another server, so their columns take their default there.
 *
 * @param rows -1: not counted
 */
record Table(String name, List<String> columns, long rows) {

  Table {
    columns = List.copyOf(columns);
  }

  /** Those of a schema of ours, each after those that it refers to. */
  static List<Table> all(Connection connection) throws SQLException {
    List<Table> tables = new ArrayList<>();
    try (var statement = connection.createStatement();
        var found =
            statement.executeQuery(
                """
                with recursive own as (
                  select c.oid, c.relname from pg_class c
                  where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
                    and c.relname <> 'flyway_schema_history'),
                depth as (
                  select oid, 0 as level from own
                  union
                  select f.conrelid, d.level + 1 from pg_constraint f join depth d on d.oid = f.confrelid
                  where f.contype = 'f' and f.conrelid <> f.confrelid and d.level < 50)
                select own.relname name, array(
                    select a.attname::text from pg_attribute a
                    where a.attrelid = own.oid and a.attnum > 0 and not a.attisdropped
                      and a.attgenerated = '' and a.atttypid <> 'xid8'::regtype
                    order by a.attnum) columns
                from own order by (select max(level) from depth where depth.oid = own.oid), relname
                """)) {
      while (found.next()) {
        String[] columns = (String[]) found.getArray("columns").getArray();
        tables.add(new Table(found.getString("name"), List.of(columns), -1));
      }
    }
    return tables;
  }

  static Table of(JsonObject json) {
    return new Table(
        json.getString("name"),
        json.getJsonArray("columns").stream().map(String::valueOf).toList(),
        json.getLong("rows"));
  }

  JsonObject json() {
    return new JsonObject()
        .put("name", name)
        .put("columns", new JsonArray(columns))
        .put("rows", rows);
  }

  Table counted(long count) {
    return new Table(name, columns, count);
  }

  String copyOut() throws SQLException {
    return "copy " + target() + " to stdout";
  }

  String copyIn() throws SQLException {
    return "copy " + target() + " from stdin";
  }

  String quotedName() throws SQLException {
    return quoted(name);
  }

  /** Quoted: names come from a file. */
  private String target() throws SQLException {
    List<String> quoted = new ArrayList<>();
    for (String column : columns) {
      quoted.add(quoted(column));
    }
    return quoted(name) + quoted.stream().collect(Collectors.joining(", ", " (", ")"));
  }

  private static String quoted(String identifier) throws SQLException {
    return Utils.escapeIdentifier(null, identifier).toString();
  }
}
