package dev.drey.job.resume;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ensures that only one program at a time uses a run's directory. It is a lock of the operating
 * system on a file in the directory, so it is released when the program ends, for whatever reason.
 * The file is never deleted: otherwise two programs could lock two different files of this name.
 */
public final class RunLock implements Closeable {

  static final String FILE = "run.lock";

  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Whether a directory belongs to a run: one that has ended leaves the file too. */
  public static boolean isIn(Path directory) {
    return Files.exists(directory.resolve(FILE));
  }

  /** Takes the lock; empty if another program, or another run of this one, holds it. */
  public static Optional<RunLock> tryTake(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = tryLock(channel);
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    return lock == null ? Optional.empty() : Optional.of(new RunLock(channel));
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this program holds it already
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
