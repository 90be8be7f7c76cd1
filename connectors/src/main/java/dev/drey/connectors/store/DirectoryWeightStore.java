package dev.drey.connectors.store;

import dev.drey.core.blob.Blob;
import dev.drey.core.store.WeightStore;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * Weights as files of one directory, which every reader can see: this machine's, or a shared file
 * system's. The memory of deleted objects is written over by new ones: a reader that is still at
 * one finds that its checksum does not match. Files are not forced to disk: after a crash of the
 * machine, training goes on from a checkpoint and publishes again.
 */
public final class DirectoryWeightStore implements WeightStore {

  private static final String SUFFIX = ".f32";
  private static final int MOST_SPARES = 4;

  private final Path directory;
  private final FloatFiles files = new FloatFiles();
  private final Queue<Path> spares = new ConcurrentLinkedQueue<>();

  /**
   * Opens a store.
   *
   * @throws IOException if the directory is missing, or cannot be written
   */
  public DirectoryWeightStore(Path directory) throws IOException {
    this.directory = directory.toAbsolutePath().normalize();
    if (!Files.isDirectory(directory)) {
      throw new IOException("weight store " + this.directory + " is not a directory");
    }
    if (!Files.isWritable(directory)) {
      throw new IOException("weight store " + this.directory + " cannot be written");
    }
  }

  @Override
  public Blob.Reference publish(String name, float[] values) throws IOException {
    checkName(name);
    String unique = name + "-" + UUID.randomUUID();
    Path spare = spares.poll();
    Path part = spare == null ? directory.resolve("." + unique + ".part") : spare;
    Path object = directory.resolve(unique + SUFFIX);
    try {
      String crc32c = spare == null ? files.write(part, values) : files.overwrite(part, values);
      Files.move(part, object, StandardCopyOption.ATOMIC_MOVE);
      return new Blob.Reference(object.toUri(), (long) values.length * Float.BYTES, crc32c);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException("weight store " + directory + " cannot rename files atomically", e);
    } catch (IOException e) {
      throw new IOException("weight store " + directory + " cannot publish " + name + ": " + e, e);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  @Override
  public byte[] fetch(Blob.Reference reference) throws IOException {
    return files.readBytes(path(reference), reference.bytes(), reference.crc32c());
  }

  @Override
  public void delete(Blob.Reference reference) throws IOException {
    Path object = path(reference);
    if (spares.size() >= MOST_SPARES) {
      Files.deleteIfExists(object);
      return;
    }
    Path spare = directory.resolve("." + object.getFileName() + ".spare");
    try {
      Files.move(object, spare, StandardCopyOption.ATOMIC_MOVE);
      spares.add(spare);
    } catch (NoSuchFileException e) {
      // it was deleted before
    }
  }

  /** Hidden files too: what a process left that died while it wrote, and what it kept to reuse. */
  @Override
  public void deleteAll(String namePrefix) throws IOException {
    checkName(namePrefix);
    try (Stream<Path> paths = Files.list(directory)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        String name = path.getFileName().toString();
        if (name.startsWith(namePrefix) || name.startsWith("." + namePrefix)) {
          Files.deleteIfExists(path);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void checkName(String name) {
    if (!name.matches("[A-Za-z0-9._-]{1,100}")) {
      throw new IllegalArgumentException(
          "object name is \"" + name + "\", must be 1 to 100 letters, digits, ., - or _");
    }
  }

  private Path path(Blob.Reference reference) throws IOException {
    return inside(directory, reference.uri());
  }

  /**
   * The file of a URI.
   *
   * @throws IOException if it is not one right inside the directory
   */
  public static Path inside(Path directory, URI uri) throws IOException {
    if (!"file".equals(uri.getScheme()) || uri.getAuthority() != null) {
      throw new IOException(uri + " is not a file of " + directory);
    }
    Path path = Path.of(uri).normalize();
    if (!directory.equals(path.getParent())) {
      throw new IOException(uri + " is not a file of " + directory);
    }
    return path;
  }

  @Override
  public void close() throws IOException {
    for (Path spare = spares.poll(); spare != null; spare = spares.poll()) {
      Files.deleteIfExists(spare);
    }
  }

  /**
   * Opens the store where it is needed.
   *
   * @param directory a file URI
   */
  public record Provider(URI directory) implements WeightStore.Provider {

    @Serial private static final long serialVersionUID = 1L;

    public static Provider of(Path directory) {
      return new Provider(directory.toAbsolutePath().toUri());
    }

    @Override
    public WeightStore open() throws IOException {
      return new DirectoryWeightStore(Path.of(directory));
    }
  }
}
