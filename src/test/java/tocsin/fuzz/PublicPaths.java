package tocsin.fuzz;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tocsin.fuzz.Target.Body;
import tocsin.fuzz.Target.Parameter;

/** What people reach beside the contract: pages, forms and the feed. */
final class PublicPaths {
  private static final Pattern IN_PATH = Pattern.compile("\\{([a-z]+)}");
  private static final List<String> WISHES =
      List.of(
          "channel",
          "address",
          "email",
          "phone",
          "endpoint",
          "contact",
          "pick",
          "segments",
          "minImpact",
          "locale",
          "timeZone",
          "shared",
          "dialect",
          "consent",
          "topic2",
          "version");

  private PublicPaths() {}

  static List<Target> targets() {
    List<Target> targets = new ArrayList<>();
    for (String path :
        List.of(
            "/",
            "/feed.atom",
            "/subscribe",
            "/confirm/{token}",
            "/preferences/{token}",
            "/preferences/{token}/erase",
            "/leave/{token}",
            "/i/{incident}")) {
      targets.add(target("GET", path, Optional.empty()));
      targets.add(target("HEAD", path, Optional.empty()));
    }
    targets.add(form("/subscribe", WISHES));
    targets.add(form("/confirm/{token}", List.of("code")));
    targets.add(form("/preferences/{token}", WISHES));
    targets.add(form("/preferences/{token}/secret", List.of("version", "overlap")));
    targets.add(form("/preferences/{token}/data", List.of()));
    targets.add(form("/preferences/{token}/leave", List.of()));
    targets.add(form("/preferences/{token}/erase", List.of("version", "consent")));
    targets.add(form("/leave/{token}", List.of("List-Unsubscribe")));
    return targets;
  }

  private static Target form(String path, List<String> fields) {
    return target("POST", path, Optional.of(new Body.Form(fields)));
  }

  private static Target target(String method, String path, Optional<Body> body) {
    List<Parameter> parameters = new ArrayList<>();
    JsonObject text = new JsonObject().put("type", "string");
    IN_PATH
        .matcher(path)
        .results()
        .forEach(found -> parameters.add(new Parameter(found.group(1), "path", true, text)));
    parameters.add(new Parameter("lang", "query", false, text));
    return new Target(method + " " + path, method, path, parameters, body);
  }
}
