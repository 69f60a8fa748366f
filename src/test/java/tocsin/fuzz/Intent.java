package tocsin.fuzz;

import java.util.List;
import java.util.Random;

/** How far a request is from what is meant. */
enum Intent {
  VALID {
    @Override
    HttpMessage request(Target target, Requests requests, Random random) {
      return requests.of(target);
    }
  },
  NEARLY_VALID {
    @Override
    HttpMessage request(Target target, Requests requests, Random random) {
      HostileValues hostile = new HostileValues(random);
      boolean inTheBody = target.body().isPresent() && random.nextInt(4) > 0;
      return inTheBody
          ? requests.of(target, new Twist(hostile, random)::of, typed -> typed + hostile.text())
          : spoiltOnce(requests.of(target), random);
    }
  },
  HOSTILE {
    @Override
    HttpMessage request(Target target, Requests requests, Random random) {
      HttpMessage message = requests.of(target);
      if (random.nextBoolean()) {
        message =
            message.withBody(new BrokenText(random).of(message.body().orElse("") + "{\"a\":1}"));
      }
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        message = spoiltOnce(message, random);
      }
      return message;
    }
  };

  private static final List<String> METHODS =
      List.of(
          "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "HEAD", "BREW", "get",
          "M\0");

  private static final List<Framing> FRAMINGS = List.of(Framing.values());

  abstract HttpMessage request(Target target, Requests requests, Random random);

  private static HttpMessage spoiltOnce(HttpMessage message, Random random) {
    return switch (random.nextInt(9)) {
      case 0 -> message.withMethod(METHODS.get(random.nextInt(METHODS.size())));
      case 1, 2, 3 -> message.withTarget(new OddTargets(random).next(message.target()));
      case 4 -> message.framed(FRAMINGS.get(random.nextInt(FRAMINGS.size())));
      case 5 -> {
        List<String> headers = message.headers();
        yield message.without(headers.get(random.nextInt(headers.size())).split(":", 2)[0]);
      }
      default -> {
        String header = new OddHeaders(random).next();
        yield (random.nextBoolean() ? message.without(header.split(":", 2)[0]) : message)
            .with(header);
      }
    };
  }
}
