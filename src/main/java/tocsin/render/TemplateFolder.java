package tocsin.render;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The operator's folder of templates. Reads only what may be a template, only below the folder
 * (links that lead out of it are refused), and only so much.
 */
final class TemplateFolder {
  private static final List<String> PARTS = List.of("words", "email", "sms", "webhook");
  private static final String FLAT = "__";
  private static final int MOST_BYTES = 256 * 1024;
  private static final int MOST_FILES = 200;

  private final Path root;
  private final Problems problems;
  private final Map<String, TemplateFile> files = new LinkedHashMap<>();

  private TemplateFolder(Path root, Problems problems) {
    this.root = root;
    this.problems = problems;
  }

  static Map<String, TemplateFile> read(Path folder, Problems problems) {
    try {
      TemplateFolder reader = new TemplateFolder(folder.toRealPath(), problems);
      for (String part : PARTS) {
        reader.readPart(part);
        reader.readFlat(part + FLAT);
      }
      return reader.files;
    } catch (IOException e) {
      problems.add(".", 1, "the templates folder cannot be read: " + e);
      return Map.of();
    }
  }

  private void readPart(String part) throws IOException {
    Path folder = root.resolve(part);
    if (!Files.isDirectory(folder)) {
      return;
    }
    for (Path entry : entries(folder, "")) {
      readFile(part + "/" + entry.getFileName(), entry);
    }
  }

  /** The keys of a ConfigMap hold no slash. */
  private void readFlat(String prefix) throws IOException {
    for (Path entry : entries(root, prefix)) {
      readFile(String.valueOf(entry.getFileName()).replaceFirst(FLAT, "/"), entry);
    }
  }

  private List<Path> entries(Path folder, String prefix) throws IOException {
    List<Path> entries;
    try (Stream<Path> listed = Files.list(folder)) {
      entries =
          listed
              .filter(TemplateFolder::isVisible)
              .filter(path -> String.valueOf(path.getFileName()).startsWith(prefix))
              .sorted()
              .limit(MOST_FILES + 1)
              .toList();
    }
    if (entries.size() > MOST_FILES) {
      problems.add(
          String.valueOf(root.relativize(folder)), 1, "more than " + MOST_FILES + " files");
      return List.of();
    }
    return entries;
  }

  private void readFile(String name, Path entry) throws IOException {
    if (!Files.exists(entry)) {
      problems.add(name, 1, "a link that leads nowhere");
    } else if (!entry.toRealPath().startsWith(root)) {
      problems.add(name, 1, "leads out of the templates folder");
    } else if (!Files.isRegularFile(entry) || !TemplateName.isKnown(name)) {
      problems.add(name, 1, "is no template: " + TemplateName.EXPECTED);
    } else {
      decode(name, entry);
    }
  }

  private void decode(String name, Path entry) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(entry)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    }
    if (bytes.length > MOST_BYTES) {
      problems.add(name, 1, "longer than " + MOST_BYTES + " bytes");
      return;
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      files.put(name, new TemplateFile(name, text.replace("\r\n", "\n")));
    } catch (CharacterCodingException e) {
      problems.add(name, 1, "is not UTF-8");
    }
  }

  private static boolean isVisible(Path path) {
    return !String.valueOf(path.getFileName()).startsWith(".");
  }
}
