package tocsin.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A setting as it counts.
 *
 * @param value stars for a secret that is set; empty where nothing is
 * @param origin the file, the variable, or {@code default}
 */
public record EffectiveSetting(Key key, String value, String origin) {

  /** All of them, in the order of {@link Key}, whether or not they make sense. */
  public static List<EffectiveSetting> list(@Nullable Path file, Map<String, String> environment) {
    Sources sources = Sources.read(file, environment);
    return Stream.of(Key.values()).map(key -> of(key, sources)).toList();
  }

  private static EffectiveSetting of(Key key, Sources sources) {
    Written written = sources.of(key).orElse(new Written(key.fallback(), "default"));
    boolean masked = key.secret() && !written.value().isEmpty();
    return new EffectiveSetting(key, masked ? Secret.MASK : written.value(), written.origin());
  }
}
