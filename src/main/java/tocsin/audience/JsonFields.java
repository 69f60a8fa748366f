package tocsin.audience;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Problem.FieldError;
import tocsin.incident.Slug;

/**
 * The fields of one JSON object, read strictly: what is wrong is collected with its path, and a
 * field that is null counts as missing.
 */
final class JsonFields {
  private static final int MOST_NAMES = 200;
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final JsonObject json;
  private final String path;
  private final List<FieldError> errors;

  JsonFields(JsonObject json, String path, List<FieldError> errors) {
    this.json = json;
    this.path = path;
    this.errors = errors;
  }

  void allow(Set<String> known) {
    for (String name : json.fieldNames()) {
      if (!known.contains(name)) {
        wrong(
            PLAIN.matcher(name).matches() ? name : "",
            "is none of " + String.join(", ", new TreeSet<>(known)));
      }
    }
  }

  boolean has(String name) {
    return json.getValue(name) != null;
  }

  @Nullable String text(String name) {
    Object value = json.getValue(name);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    wrong(name, "must be a string");
    return null;
  }

  /** Complains where it is missing. */
  @Nullable String requiredText(String name) {
    if (!has(name)) {
      wrong(name, "is missing");
    }
    return text(name);
  }

  /** False where it is missing or wrong. */
  boolean flag(String name) {
    Object value = json.getValue(name);
    if (value == null || value instanceof Boolean) {
      return Boolean.TRUE.equals(value);
    }
    wrong(name, "must be true or false");
    return false;
  }

  /** Null where the list is missing or wrong. */
  @Nullable Set<String> slugs(String name) {
    JsonArray list = list(name, MOST_NAMES);
    if (list == null) {
      return null;
    }
    var slugs = new TreeSet<String>();
    for (int i = 0; i < list.size(); i++) {
      if (list.getValue(i) instanceof String slug && Slug.is(slug)) {
        slugs.add(slug);
      } else {
        wrong(name + "[" + i + "]", "must be " + Slug.FORM);
      }
    }
    return slugs.isEmpty() ? null : slugs;
  }

  /** Null where the object is missing or wrong. */
  @Nullable JsonFields object(String name) {
    Object value = json.getValue(name);
    if (value instanceof JsonObject object) {
      return new JsonFields(object, path + name + ".", errors);
    }
    if (value != null) {
      wrong(name, "must be an object");
    }
    return null;
  }

  List<JsonFields> objects(String name, int most) {
    JsonArray list = list(name, most);
    var objects = new ArrayList<JsonFields>();
    for (int i = 0; list != null && i < list.size(); i++) {
      String element = name + "[" + i + "]";
      if (list.getValue(i) instanceof JsonObject object) {
        objects.add(new JsonFields(object, path + element + ".", errors));
      } else {
        wrong(element, "must be an object");
      }
    }
    return objects;
  }

  /** The required {@code channel}; null: it is missing or none, and that is noted. */
  @Nullable Channel channel() {
    String word = requiredText("channel");
    Channel channel = word == null ? null : Channel.of(word).orElse(null);
    if (word != null && channel == null) {
      wrong("channel", "must be email, sms or webhook");
    }
    return channel;
  }

  /**
   * The required {@code address}; null: it is missing or none, and that is noted.
   *
   * @param channel null: what form it should have is not known
   * @param webhooks what looks at the one of a webhook
   */
  @Nullable Address address(@Nullable Channel channel, Function<String, AddressCheck> webhooks) {
    String text = requiredText("address");
    if (text == null || channel == null) {
      return null;
    }
    AddressCheck check =
        switch (channel) {
          case EMAIL -> EmailAddress.check(text);
          case SMS -> PhoneNumber.check(text);
          case WEBHOOK -> webhooks.apply(text);
        };
    return switch (check) {
      case Address address -> address;
      case AddressCheck.Refused refused -> {
        wrong("address", refused.detail());
        yield null;
      }
    };
  }

  void wrong(String name, String detail) {
    errors.add(new FieldError(path + name, detail));
  }

  private @Nullable JsonArray list(String name, int most) {
    Object value = json.getValue(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof JsonArray list)) {
      wrong(name, "must be a list");
      return null;
    }
    if (list.isEmpty() || list.size() > most) {
      wrong(name, "must hold 1 to " + most + " entries; leave it out to mean all");
      return null;
    }
    return list;
  }
}
