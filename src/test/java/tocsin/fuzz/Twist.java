package tocsin.fuzz;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes one place of a JSON object, so that it is nearly what was meant. */
record Twist(HostileValues hostile, Random random) {
  /** A field of an object in it. */
  private record Place(JsonObject object, String field) {}

  JsonObject of(JsonObject meant) {
    JsonObject twisted = meant.copy();
    List<Place> places = new ArrayList<>();
    collect(twisted, places);
    if (places.isEmpty()) {
      return twisted.put(hostile.text(), hostile.next());
    }
    Place place = places.get(random.nextInt(places.size()));
    JsonObject object = place.object();
    switch (random.nextInt(8)) {
      case 0 -> object.remove(place.field());
      case 1 -> object.put(hostile.text(), hostile.next());
      case 2 -> object.put(place.field(), new JsonArray().add(object.getValue(place.field())));
      case 3 -> object.put(place.field(), repeated(object.getValue(place.field())));
      case 4 -> object.put(place.field(), object.getValue(place.field()) + hostile.text());
      default -> object.put(place.field(), hostile.next());
    }
    return twisted;
  }

  private static JsonArray repeated(Object value) {
    JsonArray many = new JsonArray();
    for (int i = 0; i < 250; i++) {
      many.add(value);
    }
    return many;
  }

  private static void collect(Object node, List<Place> places) {
    if (node instanceof JsonArray array) {
      array.forEach(item -> collect(item, places));
    } else if (node instanceof JsonObject object) {
      for (String field : object.fieldNames()) {
        places.add(new Place(object, field));
        collect(object.getValue(field), places);
      }
    }
  }
}
