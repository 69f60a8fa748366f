package tocsin;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The application's layers as the image has them, in a folder that stands for its {@code /app}. */
record ImageLayers(Path app) {
  /** The name of the cache of loaded classes in its layer. */
  static final String CACHE = "tocsin.aot";

  private static final Path TARGET = Path.of("target").toAbsolutePath();

  /** The times that files have in the image: a cache holds the jars against them. */
  private static final FileTime STAMP = FileTime.fromMillis(1000);

  /** Of the jar that Maven has packaged, libraries in the order of its manifest. */
  static ImageLayers packaged(Path app) throws IOException {
    Path jar = TARGET.resolve("tocsin.jar");
    try (JarFile file = new JarFile(jar.toFile())) {
      String libraries = file.getManifest().getMainAttributes().getValue("Class-Path");
      ImageLayers layers = new ImageLayers(app);
      layers.copyAll(jar, Stream.of(libraries.split(" ")).map(TARGET::resolve).toList());
      return layers;
    }
  }

  /** Of the compiled classes, before there is a jar; migrations are found by its folders. */
  static ImageLayers compiled(Path app, Path scratch) throws IOException {
    Path jar = scratch.resolve("tocsin.jar");
    pack(TARGET.resolve("classes"), jar);
    try (Stream<Path> libraries = Files.list(TARGET.resolve("lib"))) {
      ImageLayers layers = new ImageLayers(app);
      layers.copyAll(jar, libraries.sorted().toList());
      return layers;
    }
  }

  /** Its layer with the cache of loaded classes, and with what makes the JVM use that. */
  Path cache() {
    return app.resolve("cache");
  }

  /** Nothing is used yet: the entry point reads an argument file, which has to be there. */
  static void useNone(Path layer) throws IOException {
    Files.writeString(arguments(layer), "");
  }

  /** Makes the JVM use a cache, where it finds it in the image. */
  static void use(Path cache, Path layer) throws IOException {
    Files.writeString(arguments(layer), "-XX:AOTCache=" + cache + "\n");
  }

  private static Path arguments(Path layer) {
    return layer.resolve("jvm.args");
  }

  /** The entry point that the profile gives the image, with this folder for {@code /app}. */
  List<String> entrypoint(Path java) throws Exception {
    Document pom =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(Path.of("pom.xml").toFile());
    XPath path = XPathFactory.newDefaultInstance().newXPath();
    NodeList arguments =
        (NodeList)
            path.evaluate(
                "//profile[id='image']//container/entrypoint/arg", pom, XPathConstants.NODESET);
    String jvm = path.evaluate("/project/properties/jvm.args", pom);
    String main = path.evaluate("/project/properties/main.class", pom);
    return Stream.iterate(0, i -> i < arguments.getLength(), i -> i + 1)
        .map(i -> arguments.item(i).getTextContent())
        .map(text -> text.equals("java") ? java.toString() : text)
        .map(text -> text.replace("${jvm.args}", jvm).replace("${main.class}", main))
        .map(text -> text.replace("/app/", app + "/"))
        .toList();
  }

  private void copyAll(Path jar, List<Path> libraries) throws IOException {
    StringBuilder classpath =
        new StringBuilder(copy(jar, "classpath").resolveSibling("*").toString());
    for (Path library : libraries) {
      classpath.append(':').append(copy(library, "libs"));
    }
    Files.writeString(app.resolve("jib-classpath-file"), classpath);
    useNone(Files.createDirectory(cache()));
  }

  private Path copy(Path file, String layer) throws IOException {
    Path folder = Files.createDirectories(app.resolve(layer));
    Path copy = Files.copy(file, folder.resolve(requireNonNull(file.getFileName())));
    Files.setLastModifiedTime(copy, STAMP);
    return copy;
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file);
        Stream<Path> tree = Files.walk(classes)) {
      for (Path source : tree.filter(path -> !path.equals(classes)).sorted().toList()) {
        boolean isFolder = Files.isDirectory(source);
        entries.putNextEntry(new JarEntry(classes.relativize(source) + (isFolder ? "/" : "")));
        if (!isFolder) {
          Files.copy(source, entries);
        }
      }
    }
  }
}
