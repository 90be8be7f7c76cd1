package dev.drey.job.resume;

import dev.drey.job.model.AtomicFile;
import dev.drey.job.model.Durable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Lengths and checksums of the files of a run's checkpoints, in {@code checkpoint-sums.txt} in the
 * run's directory. Flink's files of state have none: without them a changed byte could pass into
 * the weights. Not thread-safe.
 *
 * @param run the run's directory, absolute
 */
record CheckpointSums(Path run) {

  static final String FILE = "checkpoint-sums.txt";
  private static final int FIELDS = 3;
  private static final int HEX = 16;
  private static final int BLOCK = 1 << 16;

  /**
   * A file as it was when its checkpoint was complete.
   *
   * @param file absolute
   */
  private record Sum(long crc32c, long bytes, Path file) {

    static Sum of(Path file) throws IOException {
      CRC32C crc = new CRC32C();
      long bytes = 0;
      byte[] block = new byte[BLOCK];
      try (InputStream in = Files.newInputStream(file)) {
        for (int n = in.read(block); n >= 0; n = in.read(block)) {
          crc.update(block, 0, n);
          bytes += n;
        }
      }
      return new Sum(crc.getValue(), bytes, file);
    }

    String line(Path run) {
      Path shown = file.startsWith(run) ? run.relativize(file) : file;
      return "%08x %d %s\n".formatted(crc32c, bytes, shown);
    }

    /** What is different now. */
    Optional<String> difference() throws IOException {
      Sum now;
      try {
        now = of(file);
      } catch (NoSuchFileException e) {
        return Optional.of(file.getFileName() + " is missing");
      }
      if (now.bytes != bytes) {
        return Optional.of(
            "%s has %d bytes, it had %d when the checkpoint was complete"
                .formatted(file.getFileName(), now.bytes, bytes));
      }
      return now.crc32c == crc32c
          ? Optional.empty()
          : Optional.of(
              "%s has other bytes than when the checkpoint was complete: CRC-32C %08x, was %08x"
                  .formatted(file.getFileName(), now.crc32c, crc32c));
    }
  }

  /**
   * Takes the sums of checkpoints that have none yet, and waits until their files are on the disk.
   * Those of other checkpoints are forgotten.
   *
   * @param complete all complete checkpoints of the run
   */
  void record(Collection<Path> complete) throws IOException {
    Map<Path, List<Sum>> before = read();
    Map<Path, List<Sum>> now = new LinkedHashMap<>();
    for (Path checkpoint : complete) {
      List<Sum> known = before.get(checkpoint);
      Optional<List<Sum>> sums = known == null ? sums(checkpoint) : Optional.of(known);
      sums.ifPresent(found -> now.put(checkpoint, found));
    }
    if (!now.keySet().equals(before.keySet())) {
      String text =
          now.values().stream()
              .flatMap(List::stream)
              .map(sum -> sum.line(run))
              .collect(Collectors.joining());
      AtomicFile.write(run.resolve(FILE), text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Empty if the checkpoint was deleted meanwhile. */
  private static Optional<List<Sum>> sums(Path checkpoint) throws IOException {
    try (Stream<Path> files = Files.list(checkpoint)) {
      List<Sum> sums = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        sums.add(Sum.of(file));
        Durable.force(file);
      }
      Durable.forceNames(checkpoint);
      return Files.exists(checkpoint) ? Optional.of(sums) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** How a checkpoint differs from its sums; empty if it does not, or has none. */
  Optional<String> difference(Path checkpoint) throws IOException {
    for (Sum sum : read().getOrDefault(checkpoint, List.of())) {
      Optional<String> difference = sum.difference();
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  /** By checkpoint. A line that is damaged is passed over, as if its file had no sum. */
  private Map<Path, List<Sum>> read() throws IOException {
    Map<Path, List<Sum>> sums = new LinkedHashMap<>();
    Path file = run.resolve(FILE);
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        String[] fields = line.split(" ", FIELDS);
        if (fields.length == FIELDS && fields[0].matches("[0-9a-f]{8}") && isLength(fields[1])) {
          Path summed = run.resolve(fields[2]);
          sums.computeIfAbsent(summed.getParent(), checkpoint -> new ArrayList<>())
              .add(new Sum(Long.parseLong(fields[0], HEX), Long.parseLong(fields[1]), summed));
        }
      }
    }
    return sums;
  }

  private static boolean isLength(String field) {
    return field.matches("\\d{1,18}");
  }

  void clear() throws IOException {
    Durable.delete(run.resolve(FILE));
  }
}
