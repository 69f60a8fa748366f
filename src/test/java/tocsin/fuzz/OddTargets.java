package tocsin.fuzz;

import java.util.List;
import java.util.Random;

/** Request targets that are nearly those of a path, and some that are of none. */
record OddTargets(Random random) {
  private static final List<String> PIECES =
      List.of(
          "%00",
          "%",
          "%zz",
          "%ff",
          "%c3%28",
          "%ed%a0%80",
          "%2e%2e",
          "..",
          ".",
          "%2F",
          "%5c",
          "\\",
          ";x=y",
          "*",
          ":",
          "\u00ff",
          "\u00c3\u00a4",
          "%F0%9F%94%94",
          "%0d%0aSet-Cookie:a=b",
          "-1",
          "0",
          "2147483648",
          "9223372036854775808",
          "1e3",
          "%2B1",
          "A",
          "a".repeat(65),
          "a".repeat(3_000),
          "//",
          "/",
          "{}",
          "|");
  private static final List<String> QUERIES =
      List.of(
          "?",
          "?&&==&",
          "?limit=1&limit=2",
          "?limit=%zz",
          "?limit=%",
          "?limit=-9223372036854775809",
          "?limit=" + "9".repeat(400),
          "?limit=%00",
          "?cursor=%00",
          "?cursor=%ff",
          "?cursor=-1",
          "?cursor=99999999999999999999",
          "?cursor=d" + "z".repeat(30) + "_1",
          "?cursor=9223372036854775807.2147483648",
          "?cursor[]=1",
          "?%zz=1",
          "?lang=%zz",
          "?lang=%00",
          "?lang=" + "de-".repeat(300),
          "?saved=%",
          "?dryRun=TRUE",
          "?dryRun",
          "?address=%00",
          "?address=%ed%a0%80",
          "?address=" + "a".repeat(2_048),
          "?actor=%00&subject=%00",
          "?subject=%25%5c_",
          "?from=%2B999999999-12-31T23:59:59Z",
          "?from=-0001-01-01T00:00:00Z&until=9999-12-31T23:59:59Z",
          "?incident=%00",
          "?d=%00",
          "?d=d" + "z".repeat(14) + "_" + "z".repeat(14),
          "?" + "a=b&".repeat(900),
          "?a=b?c=d#e",
          "#fragment",
          "?a=b;c=d",
          "?\u00ff=\u00fe");
  private static final List<String> WHOLE =
      List.of(
          "*",
          "/",
          "//",
          "/%",
          "/v1",
          "/v1/",
          "/v1//incidents",
          "/v1/./incidents",
          "/v1/../v1/incidents",
          "/v1/%2e%2e/metrics",
          "http://evil.example/v1/incidents",
          "http://",
          "http://[::1/v1/incidents",
          "https:",
          "evil.example:443",
          "v1/incidents",
          "?",
          "/v1/incidents " + "/",
          "/" + "a/".repeat(1_500),
          "/v1/" + "x".repeat(5_000));

  String next(String target) {
    return switch (random.nextInt(8)) {
      case 0 -> one(WHOLE);
      case 1, 2, 3 -> target.replaceFirst("[?].*", "") + one(QUERIES);
      default -> segments(target);
    };
  }

  private String segments(String target) {
    int at = target.lastIndexOf('/') + 1;
    return switch (random.nextInt(4)) {
      case 0 -> target + one(PIECES);
      case 1 -> target + "/" + one(PIECES);
      case 2 -> target.substring(0, random.nextInt(target.length()) + 1) + one(PIECES);
      default -> target.substring(0, at) + one(PIECES);
    };
  }

  private String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }
}
