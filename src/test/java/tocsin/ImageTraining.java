package tocsin;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tocsin.demo.DemoReceivers;

/** Makes the image's cache of loaded classes, by a short life of the gateway on the image's JRE. */
final class ImageTraining {
  private static final Path FOLDER = Path.of("target", "image").toAbsolutePath();

  private ImageTraining() {}

  public static void main(String[] arguments) throws Exception {
    clear();
    Path cache = Files.createDirectories(FOLDER.resolve("cache"));
    ImageLayers.useNone(cache);
    String jre = System.getProperty("image.jre", "");
    if (jre.isBlank()) {
      System.out.println("No -Dimage.jre: the image is without a cache of classes");
      return;
    }
    train(Path.of(jre).toAbsolutePath().resolve("bin/java"), cache.resolve(ImageLayers.CACHE));
    ImageLayers.use(Path.of("/app/cache", ImageLayers.CACHE), cache);
  }

  private static void train(Path java, Path cache) throws Exception {
    ImageLayers layers = ImageLayers.packaged(FOLDER.resolve("app"));
    List<String> command = new ArrayList<>(layers.entrypoint(java));
    command.add(1, "-XX:AOTCacheOutput=" + cache);
    command.add("serve");
    Path data = Files.createDirectories(FOLDER.resolve("data"));
    Vertx vertx = Vertx.vertx();
    try (DemoReceivers receivers = DemoReceivers.start(vertx)) {
      try (GatewayProcess gateway = new GatewayProcess(data, receivers.environment(), command)) {
        gateway.awaitReady();
        FirstUpdate.publish(gateway, 1);
        FirstUpdate.account(gateway);
        if (gateway.stop() != 0 || Files.notExists(cache)) {
          throw new IOException("no cache was made: " + data.resolve("gateway.log"));
        }
      }
    } finally {
      vertx.close().await();
    }
  }

  private static void clear() throws IOException {
    if (Files.notExists(FOLDER)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(FOLDER)) {
      for (Path path : tree.toList().reversed()) {
        Files.delete(path);
      }
    }
  }
}
