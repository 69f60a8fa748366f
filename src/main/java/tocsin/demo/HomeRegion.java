package tocsin.demo;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A region of the demo's world, with its server clusters and the people who live there.
 *
 * @param id the slug
 * @param clusters how many there are
 * @param share how many of a hundred customers are at home here
 * @param german how many of a hundred people read German rather than English
 * @param zones IANA names
 */
record HomeRegion(
    String id,
    String title,
    String prefix,
    int clusters,
    int share,
    int german,
    List<String> zones) {

  static final HomeRegion NORTH_AMERICA =
      new HomeRegion(
          "north-america",
          "North America",
          "na",
          4,
          50,
          8,
          List.of(
              "America/New_York",
              "America/Chicago",
              "America/Denver",
              "America/Los_Angeles",
              "America/Toronto"));
  static final HomeRegion EMEA =
      new HomeRegion(
          "emea",
          "Europe, Middle East and Africa",
          "emea",
          3,
          30,
          45,
          List.of(
              "Europe/Berlin",
              "Europe/London",
              "Europe/Paris",
              "Africa/Johannesburg",
              "Asia/Dubai"));
  static final HomeRegion APAC =
      new HomeRegion(
          "apac",
          "Asia-Pacific",
          "apac",
          2,
          20,
          3,
          List.of(
              "Asia/Tokyo",
              "Asia/Singapore",
              "Asia/Kolkata",
              "Australia/Sydney",
              "Pacific/Auckland"));
  static final List<HomeRegion> ALL = List.of(NORTH_AMERICA, EMEA, APAC);

  HomeRegion {
    zones = List.copyOf(zones);
  }

  /** The region where this one of a hundred customers is at home. */
  static HomeRegion of(int hundredth) {
    int passed = 0;
    for (HomeRegion region : ALL) {
      passed += region.share;
      if (hundredth < passed) {
        return region;
      }
    }
    throw new IllegalArgumentException("0 to 99, not " + hundredth);
  }

  /** The clusters, {@code na-1, na-2...}. */
  List<String> segments() {
    return IntStream.rangeClosed(1, clusters).mapToObj(n -> prefix + "-" + n).toList();
  }
}
