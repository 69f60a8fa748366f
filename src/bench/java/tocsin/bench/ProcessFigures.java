package tocsin.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the kernel says of a process, from {@code /proc} (proc_pid_stat(5), proc_pid_status(5)). */
final class ProcessFigures {
  /** USER_HZ, which is 100 on every Linux that Java runs on. */
  private static final Duration TICK = Duration.ofMillis(10);

  /** Places after the name in parentheses, which may hold spaces. */
  private static final int UTIME = 11;

  private static final int STIME = 12;
  private static final int CUTIME = 13;
  private static final int CSTIME = 14;

  private ProcessFigures() {}

  /** Its own CPU time so far, in steps of 10 ms. */
  static Duration cpu(ProcessHandle process) throws IOException {
    List<String> stat = stat(process);
    return ticks(stat, UTIME).plus(ticks(stat, STIME));
  }

  /** CPU time of the process and all its children, those that have ended included. */
  static Duration cpuOfFamily(ProcessHandle parent) throws IOException {
    List<String> stat = stat(parent);
    Duration sum = cpu(parent).plus(ticks(stat, CUTIME)).plus(ticks(stat, CSTIME));
    for (ProcessHandle child : parent.children().toList()) {
      try {
        sum = sum.plus(cpu(child));
      } catch (NoSuchFileException ended) {
        // then its parent's figure has it from now on
      }
    }
    return sum;
  }

  /** The most memory that it ever had resident, in bytes. */
  static long peakMemory(ProcessHandle process) throws IOException {
    return status(process, "VmHWM:") * 1024;
  }

  /** What it has resident now, in bytes. */
  static long memory(ProcessHandle process) throws IOException {
    return status(process, "VmRSS:") * 1024;
  }

  static int threads(ProcessHandle process) throws IOException {
    return Math.toIntExact(status(process, "Threads:"));
  }

  /** What its open descriptors lead to; those that close meanwhile are left out. */
  static List<Path> descriptors(ProcessHandle process) throws IOException {
    List<Path> open = new ArrayList<>();
    try (DirectoryStream<Path> links = Files.newDirectoryStream(file(process, "fd"))) {
      for (Path link : links) {
        try {
          open.add(Files.readSymbolicLink(link));
        } catch (NoSuchFileException closed) {
          // between the listing and the look
        }
      }
    }
    return open;
  }

  private static long status(ProcessHandle process, String field) throws IOException {
    String line =
        Files.readAllLines(file(process, "status")).stream()
            .filter(candidate -> candidate.startsWith(field))
            .findAny()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", ""));
  }

  private static Duration ticks(List<String> stat, int place) {
    return TICK.multipliedBy(Long.parseLong(stat.get(place)));
  }

  private static List<String> stat(ProcessHandle process) throws IOException {
    String line = Files.readString(file(process, "stat"));
    return List.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
  }

  private static Path file(ProcessHandle process, String name) {
    return Path.of("/proc", Long.toString(process.pid()), name);
  }
}
