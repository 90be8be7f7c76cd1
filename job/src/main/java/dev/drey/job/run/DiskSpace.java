package dev.drey.job.run;

import dev.drey.job.flink.FailureText;
import dev.drey.job.flink.JobOptions;
import dev.drey.job.resume.CheckpointIndex;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The disk space of a run on this machine, by an estimate of what it writes. With P parameters of 4
 * bytes, of which the optimizer keeps m moments each:
 *
 * <ul>
 *   <li>a checkpoint has 4 P (1 + m) bytes; there are {@link JobOptions#RETAINED}, and one is being
 *       written;
 *   <li>RocksDB works with two copies of that, beside {@value #LIBRARIES} bytes of unpacked
 *       libraries;
 *   <li>the model's files have 4 P (2 + m) bytes.
 * </ul>
 *
 * <p>Mini-batches and sums in flight, logs, curves, dead letters and published versions are not in
 * the estimate.
 */
final class DiskSpace {

  private static final Logger LOG = LoggerFactory.getLogger(DiskSpace.class);

  /** What Flink unpacks for its RPC system and for RocksDB, and its first files, in bytes. */
  private static final long LIBRARIES = 64L << 20;

  private static final double MEBIBYTE = 1 << 20;

  /**
   * A directory that the run writes to.
   *
   * @param directory need not exist yet
   * @param total bytes that the run writes there at most
   * @param next bytes that it writes there at once
   */
  record Use(Path directory, long total, long next) {

    private Use plus(Use other) {
      return new Use(directory, total + other.total, next + other.next);
    }
  }

  /** With less, files that are not in the estimate may not fit. */
  private static final long LITTLE = 1L << 20;

  private final List<Use> uses;
  private final Map<Path, Long> lowest = new ConcurrentHashMap<>();

  DiskSpace(List<Use> uses) {
    this.uses = List.copyOf(uses);
  }

  /**
   * The space that a run needs.
   *
   * @param checkpoints where it writes its checkpoints, a path or a URI
   */
  static DiskSpace of(PreparedRun run, String checkpoints) {
    long vector = (long) run.input().network().parameterCount() * Float.BYTES;
    int moments = run.specification().training().optimizer().moments();
    long checkpoint = vector * (1 + moments);
    List<Use> uses = new ArrayList<>();
    uses.add(new Use(run.directory(), vector * (2 + moments), 0));
    uses.add(
        new Use(
            new TemporaryFiles(run.directory()).flink(), LIBRARIES + 2 * checkpoint, checkpoint));
    CheckpointIndex.local(checkpoints)
        .ifPresent(
            directory ->
                uses.add(new Use(directory, (JobOptions.RETAINED + 1) * checkpoint, checkpoint)));
    return new DiskSpace(uses);
  }

  /**
   * Checks before the start that there is enough.
   *
   * @throws RunFailedException if not; the message has the places, what is free and what is needed
   */
  void check() throws RunFailedException, IOException {
    String shortages =
        stores().stream()
            .filter(store -> store.free() < store.use.total)
            .map(Store::text)
            .collect(Collectors.joining("; "));
    if (!shortages.isEmpty()) {
      throw new RunFailedException("there is not enough disk space: " + shortages, null);
    }
  }

  /** Remembers how little is free: a job that fails for a full disk deletes files as it ends. */
  void look() {
    try {
      for (Store store : stores()) {
        lowest.merge(store.use.directory, store.free, Math::min);
      }
    } catch (IOException e) {
      LOG.debug("the free disk space cannot be read", e);
    }
  }

  /**
   * What failed and why, with the disk's part in it. Flink does not pass on why a checkpoint
   * failed, so a disk that at some time had no room for another one is named too. What is given as
   * free is the least that was.
   */
  String explain(Throwable failure) {
    String text = FailureText.of(failure);
    boolean full = FailureText.isDiskFull(failure);
    look();
    try {
      String places =
          stores().stream()
              .map(store -> new Store(store.store, store.use, lowestFree(store)))
              .filter(store -> full || store.free() < Math.max(store.use.next, LITTLE))
              .map(Store::text)
              .collect(Collectors.joining("; "));
      return places.isEmpty()
          ? text
          : text + (full ? "; the disk is full: " : "; the disk may be full: ") + places;
    } catch (IOException e) {
      return text;
    }
  }

  private long lowestFree(Store store) {
    return lowest.getOrDefault(store.use.directory, store.free);
  }

  /**
   * Uses of the same file system, added up.
   *
   * @param use in the first of their directories
   */
  private record Store(FileStore store, Use use, long free) {

    String text() {
      return "%s has %s free, the run needs about %s there"
          .formatted(use.directory, megabytes(free), megabytes(use.total));
    }
  }

  private List<Store> stores() throws IOException {
    List<Store> stores = new ArrayList<>();
    for (Use use : uses) {
      FileStore store = Files.getFileStore(existing(use.directory));
      Optional<Store> same = stores.stream().filter(s -> s.store.equals(store)).findFirst();
      if (same.isPresent()) {
        stores.set(
            stores.indexOf(same.get()),
            new Store(store, same.get().use.plus(use), same.get().free));
      } else {
        stores.add(new Store(store, use, store.getUsableSpace()));
      }
    }
    return stores;
  }

  /** The directory, or the nearest one above that exists. */
  private static Path existing(Path directory) {
    Path at = directory.toAbsolutePath().normalize();
    while (!Files.exists(at) && at.getParent() != null) {
      at = at.getParent();
    }
    return at;
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,.1f MiB", bytes / MEBIBYTE);
  }
}
