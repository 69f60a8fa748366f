package tocsin.channel.email;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A Maildir: a file a mail, its lines ending with LF. */
record Mailbox(Path folder) {
  private Path arrived() {
    return folder.resolve("new");
  }

  int count() throws IOException {
    if (!Files.isDirectory(arrived())) {
      return 0;
    }
    try (Stream<Path> files = Files.list(arrived())) {
      return (int) files.count();
    }
  }

  /** Whole mails, a char an octet. */
  List<String> mails() throws IOException {
    List<String> mails = new ArrayList<>();
    if (Files.isDirectory(arrived())) {
      try (Stream<Path> files = Files.list(arrived())) {
        for (Path file : files.toList()) {
          mails.add(Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    }
    return mails;
  }

  void clear() throws IOException {
    if (Files.isDirectory(arrived())) {
      try (Stream<Path> files = Files.list(arrived())) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
