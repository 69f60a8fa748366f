package tocsin.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the JDK does not do with folders in one call. */
final class Folders {
  private Folders() {}

  /** Nothing happens if it is not there. */
  static void delete(Path folder) throws IOException {
    for (Path path : contents(folder).reversed()) {
      Files.delete(path);
    }
  }

  /** Gives one file or folder, not what is in it, to a user and the group of the same number. */
  static void give(Path path, int user) throws IOException {
    Files.setAttribute(path, "unix:uid", user);
    Files.setAttribute(path, "unix:gid", user);
  }

  /** The number of the user whose it is. */
  static int owner(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid");
  }

  /** The nearest folder on the way to it that strangers may not enter. */
  static Optional<Path> closedToOthers(Path folder) throws IOException {
    for (Path path = folder; path != null; path = path.getParent()) {
      if (!Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_EXECUTE)) {
        return Optional.of(path);
      }
    }
    return Optional.empty();
  }

  private static List<Path> contents(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.sorted(Comparator.naturalOrder()).toList();
    }
  }
}
