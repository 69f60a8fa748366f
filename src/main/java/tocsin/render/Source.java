package tocsin.render;

import java.util.List;

/**
 * A template with its partials put in.
 *
 * @param places where each line comes from
 */
record Source(String text, List<Place> places) {
  Source {
    places = List.copyOf(places);
  }

  /** The nearest one for a line that does not exist. */
  Place place(int line) {
    return places.get(Math.clamp(line - 1, 0, places.size() - 1));
  }
}
