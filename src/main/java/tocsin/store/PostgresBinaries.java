package tocsin.store;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of PostgreSQL, unpacked from the class path once and kept.
 *
 * @param root the folder with {@code bin}, {@code lib} and {@code share}
 */
record PostgresBinaries(Path root) {
  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

  /**
   * Each build of PostgreSQL gets its own folder, which is complete or not there.
   *
   * @param parent where that folder is or will be; must exist
   */
  static PostgresBinaries unpackedIn(Path parent) {
    URL archive = archive();
    try {
      Path root = parent.resolve("postgres-" + fingerprint(archive));
      if (!Files.isDirectory(root)) {
        Path unfinished = parent.resolve(root.getFileName() + ".unfinished");
        Folders.delete(unfinished);
        unpack(archive, unfinished);
        Files.move(unfinished, root);
      }
      return new PostgresBinaries(root);
    } catch (IOException failed) {
      throw new StoreException(
          "The embedded PostgreSQL could not be unpacked into "
              + parent
              + ": "
              + failed
              + ". It takes 60 MB there; data.dir names another place.",
          failed);
    }
  }

  Path program(String name) {
    return root.resolve("bin").resolve(name);
  }

  private static URL archive() {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    URL archive = PostgresBinaries.class.getResource(ARCHIVE);
    if (archive == null || !Set.of("Linux amd64", "Linux x86_64").contains(system)) {
      throw new StoreException(
          "There is no embedded PostgreSQL for "
              + system
              + ": set database.url to a PostgreSQL, postgresql://user:password@host:5432/database.");
    }
    return archive;
  }

  private static String fingerprint(URL archive) throws IOException {
    var library = (JarURLConnection) archive.openConnection();
    return HexFormat.of().toHexDigits((int) library.getJarEntry().getCrc());
  }

  private static void unpack(URL archive, Path root) throws IOException {
    try (InputStream in = new BufferedInputStream(archive.openStream());
        var tar = new TarArchiveInputStream(new XZInputStream(in))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(entry, tar, root);
      }
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path root)
      throws IOException {
    Path path = root.resolve(entry.getName()).normalize();
    if (!path.startsWith(root)) {
      throw new IOException("an entry of the archive points outside: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else {
      Files.copy(content, path);
      Files.setPosixFilePermissions(path, permissions(entry.getMode()));
    }
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    return EnumSet.copyOf(
        PosixFilePermissions.fromString((mode & 0100) == 0 ? "rw-r--r--" : "rwxr-xr-x"));
  }
}
