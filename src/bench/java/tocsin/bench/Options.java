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
 * @param jvm options of the child that is measured for us
 */
record Options(int rounds, int asked, int workers, List<String> jvm) {
  static final Path FOLDER = Path.of("target", "bench");

  Options {
    if (rounds < 1 || asked < 0 || workers < 1) {
      throw new IllegalArgumentException("rounds >= 1, recipients >= 0, workers >= 1");
    }
    jvm = List.copyOf(jvm);
  }

  static Options of(Properties properties) {
    return new Options(
        Integer.parseInt(properties.getProperty("bench.rounds", "5")),
        Integer.parseInt(properties.getProperty("bench.recipients", "0")),
        Integer.parseInt(properties.getProperty("bench.workers", "8")),
        Stream.concat(
                Stream.of(properties.getProperty("bench.jvm", "").split(" ")),
                Boolean.parseBoolean(properties.getProperty("bench.jfr"))
                    ? Stream.of("-XX:StartFlightRecording:settings=profile")
                    : Stream.empty())
            .filter(option -> !option.isBlank())
            .toList());
  }

  int recipients(int usual) {
    return asked == 0 ? usual : asked;
  }
}
