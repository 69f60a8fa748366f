package tocsin.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * How much is measured.
 *
 * @param rounds measured on each side, after one that is not
 * @param asked subscribers or lines; 0: as many as the benchmark likes
 * @param workers sends at a time
 * @param minutes of a benchmark that goes by time
 * @param jvm further options of all children
 * @param recording options of the first child that is measured for us
 * @param seed of everything that is left to chance
 */
record Options(
    int rounds,
    int asked,
    int workers,
    int minutes,
    List<String> jvm,
    List<String> recording,
    long seed) {
  static final Path FOLDER = Path.of("target", "bench");

  Options {
    if (rounds < 1 || asked < 0 || workers < 1 || minutes < 1) {
      throw new IllegalArgumentException(
          "rounds >= 1, recipients >= 0, workers >= 1, minutes >= 1");
    }
    jvm = List.copyOf(jvm);
    recording = List.copyOf(recording);
  }

  static Options of(String bench, Properties properties) {
    return new Options(
        Integer.parseInt(properties.getProperty("bench.rounds", "5")),
        Integer.parseInt(properties.getProperty("bench.recipients", "0")),
        Integer.parseInt(properties.getProperty("bench.workers", "8")),
        Integer.parseInt(properties.getProperty("bench.minutes", "30")),
        Stream.of(properties.getProperty("bench.jvm", "").split(" "))
            .filter(option -> !option.isBlank())
            .toList(),
        Boolean.parseBoolean(properties.getProperty("bench.jfr"))
            ? List.of(
                "-XX:StartFlightRecording:settings=profile,filename="
                    + FOLDER.resolve(bench + ".jfr"))
            : List.of(),
        seed(properties.getProperty("bench.seed", "")));
  }

  private static long seed(String text) {
    return text.isBlank() ? System.nanoTime() : Long.parseLong(text);
  }

  int recipients(int usual) {
    return asked == 0 ? usual : asked;
  }
}
