package tocsin.delivery;

import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Appends rows to the parameters of a statement as one array for each column. */
record Columns<T>(Tuple parameters, List<T> rows) {

  Columns<T> integers(ToIntFunction<T> value) {
    Integer[] column = new Integer[rows.size()];
    for (int i = 0; i < column.length; i++) {
      column[i] = value.applyAsInt(rows.get(i));
    }
    return add(column);
  }

  Columns<T> shorts(ToIntFunction<T> value) {
    Short[] column = new Short[rows.size()];
    for (int i = 0; i < column.length; i++) {
      column[i] = (short) value.applyAsInt(rows.get(i));
    }
    return add(column);
  }

  Columns<T> booleans(Predicate<T> value) {
    Boolean[] column = new Boolean[rows.size()];
    for (int i = 0; i < column.length; i++) {
      column[i] = value.test(rows.get(i));
    }
    return add(column);
  }

  Columns<T> strings(Function<T, @Nullable String> value) {
    @Nullable String[] column = new String[rows.size()];
    for (int i = 0; i < column.length; i++) {
      column[i] = value.apply(rows.get(i));
    }
    return add(column);
  }

  Columns<T> times(Function<T, @Nullable Instant> value) {
    @Nullable OffsetDateTime[] column = new OffsetDateTime[rows.size()];
    for (int i = 0; i < column.length; i++) {
      Instant at = value.apply(rows.get(i));
      column[i] = at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
    return add(column);
  }

  private Columns<T> add(Object column) {
    parameters.addValue(column);
    return this;
  }
}
