package tocsin.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A picture that stands for the brand, read once. */
public final class LogoFile {
  private static final int LARGEST = 256 * 1024;

  private final String extension;
  private final byte[] content;

  private LogoFile(String extension, byte[] content) {
    this.extension = extension;
    this.content = content;
  }

  /** {@code png}, {@code svg} or {@code webp}. */
  public String extension() {
    return extension;
  }

  public byte[] content() {
    return content.clone();
  }

  /** As in {@code Content-Type}. */
  public String mediaType() {
    return extension.equals("svg") ? "image/svg+xml" : "image/" + extension;
  }

  static LogoFile read(String value) {
    String name = value.toLowerCase(Locale.ROOT);
    String extension = name.substring(name.lastIndexOf('.') + 1);
    if (!extension.matches("png|svg|webp")) {
      throw new IllegalArgumentException("expected a file that ends in .png, .svg or .webp");
    }
    Path file = Values.file(value);
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] content = stream.readNBytes(LARGEST + 1);
      if (content.length > LARGEST) {
        throw new IllegalArgumentException("expected a file of at most 256 KB");
      }
      return new LogoFile(extension, content);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException("expected a file that can be read", unreadable);
    }
  }

  @Override
  public String toString() {
    return "LogoFile[" + extension + "]";
  }
}
