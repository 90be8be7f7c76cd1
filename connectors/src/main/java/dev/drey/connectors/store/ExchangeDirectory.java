package dev.drey.connectors.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A private directory with the places of one run whose workers are on this machine: weights on
 * their way to workers, results on their way back. It lies in memory where the machine has room for
 * it. It is deleted when closed; if its process died, the next run deletes it, as nobody holds its
 * lock any more.
 */
public final class ExchangeDirectory implements AutoCloseable {

  private static final Path MEMORY = Path.of("/dev/shm");
  private static final String PREFIX = "drey-";
  private static final String LOCK = ".lock";
  private static final String WEIGHTS = "weights";
  private static final String RESULTS = "results";
  private static final int ATTEMPTS = 20;

  private final Path root;
  private final FileChannel lock;

  private ExchangeDirectory(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Makes a directory in /dev/shm, or in the run directory where there is no such place, or not
   * enough of it.
   *
   * @param run the run directory
   * @param neededBytes how much free space the run wants
   */
  public static ExchangeDirectory create(Path run, long neededBytes) throws IOException {
    return create(List.of(MEMORY), run, neededBytes);
  }

  static ExchangeDirectory create(List<Path> preferred, Path run, long neededBytes)
      throws IOException {
    for (Path parent : preferred) {
      if (Files.isDirectory(parent) && Files.isWritable(parent)) {
        deleteAbandoned(parent);
        if (Files.getFileStore(parent).getUsableSpace() >= neededBytes) {
          return createIn(parent);
        }
      }
    }
    Files.createDirectories(run);
    deleteAbandoned(run);
    long free = Files.getFileStore(run).getUsableSpace();
    if (free < neededBytes) {
      throw new IOException(
          "run directory " + run + " has " + free + " bytes free, the run needs " + neededBytes);
    }
    return createIn(run);
  }

  private static ExchangeDirectory createIn(Path parent) throws IOException {
    Path root =
        Files.createTempDirectory(
            parent.toAbsolutePath(),
            PREFIX + ProcessHandle.current().pid() + "-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path unlocked = root.resolve(LOCK + ".new");
    FileChannel channel =
        FileChannel.open(unlocked, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    channel.lock();
    Files.move(unlocked, root.resolve(LOCK)); // never seen without being held
    Files.createDirectory(root.resolve(WEIGHTS));
    Files.createDirectory(root.resolve(RESULTS));
    return new ExchangeDirectory(root, channel);
  }

  /** Deletes the directories of runs that were killed together with all their workers. */
  private static void deleteAbandoned(Path parent) throws IOException {
    String own = PREFIX + ProcessHandle.current().pid() + "-";
    List<Path> candidates;
    try (Stream<Path> children = Files.list(parent)) {
      candidates =
          children
              .filter(c -> c.getFileName().toString().startsWith(PREFIX))
              // Opening and closing the lock file of a run of this process would release its lock.
              .filter(c -> !c.getFileName().toString().startsWith(own))
              .filter(c -> Files.isDirectory(c, LinkOption.NOFOLLOW_LINKS))
              .filter(c -> Files.isWritable(c.resolve(LOCK)))
              .toList();
    }
    UserPrincipal user = Files.getOwner(Path.of("/proc/self"));
    for (Path candidate : candidates) {
      if (Files.getOwner(candidate).equals(user) && isAbandoned(candidate.resolve(LOCK))) {
        deleteTree(candidate);
      }
    }
  }

  private static boolean isAbandoned(Path lock) {
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock held = channel.tryLock()) {
      return held != null;
    } catch (IOException | OverlappingFileLockException e) {
      return false; // it is gone, or another user's, or another run's of this process
    }
  }

  /** The directory itself, which the local Lambda deletes if this process dies. */
  public Path root() {
    return root;
  }

  /** The place of published weights. */
  public URI weights() {
    return root.resolve(WEIGHTS).toUri();
  }

  /** The place of workers' results. */
  public URI results() {
    return root.resolve(RESULTS).toUri();
  }

  /** Deletes the directory with all that is in it. */
  @Override
  public void close() throws IOException {
    for (int i = 0; i < ATTEMPTS && Files.exists(root); i++) {
      deleteTree(root);
    }
    lock.close();
    if (Files.exists(root)) {
      throw new IOException("exchange directory " + root + " cannot be deleted");
    }
  }

  /** A worker may still be writing: files that it adds meanwhile are left to the next attempt. */
  private static void deleteTree(Path tree) throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        try {
          Files.deleteIfExists(path);
        } catch (DirectoryNotEmptyException e) {
          return;
        }
      }
    } catch (UncheckedIOException | NoSuchFileException e) {
      // deleted by another at the same moment
    }
  }
}
