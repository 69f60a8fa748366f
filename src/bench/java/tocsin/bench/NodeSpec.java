package tocsin.bench;

import java.time.Duration;

/**
 * How a node is set up: the arguments of its child JVM.
 *
 * @param workers sends at a time
 * @param sending how long one send takes, in milliseconds
 */
record NodeSpec(Results results, int workers, Duration sending, Provider.Noting noting) {

  static NodeSpec of(String[] arguments) {
    return new NodeSpec(
        Results.valueOf(arguments[0]),
        Integer.parseInt(arguments[1]),
        Duration.ofMillis(Integer.parseInt(arguments[2])),
        Provider.Noting.valueOf(arguments[3]));
  }

  String[] arguments() {
    return new String[] {
      results.name(), Integer.toString(workers), Long.toString(sending.toMillis()), noting.name()
    };
  }

  Provider provider() {
    return new Provider(sending, noting);
  }
}
