package dev.drey.core.exchange.directory;

import dev.drey.core.blob.Blob;
import dev.drey.core.exchange.ObjectNames;
import dev.drey.core.exchange.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Objects as files right inside one directory; links are not followed. Files are not forced to
 * disk: after a crash of the machine, training continues from a checkpoint and publishes its
 * weights again.
 */
final class DirectoryStore implements Store {

  private static final String SUFFIX = ".f32";

  private final Path directory;
  private final FileReuse reuse;
  private final ChecksummedFiles files = new ChecksummedFiles();

  DirectoryStore(Path directory, FileReuse reuse) {
    this.directory = directory.toAbsolutePath().normalize();
    this.reuse = reuse;
  }

  @Override
  public void check() throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new NoSuchFileException("store " + directory + " is not an existing directory");
    }
    if (!Files.isWritable(directory)) {
      throw new IOException("store " + directory + " cannot be written");
    }
  }

  @Override
  public Blob.Reference put(String name, ByteBuffer bytes) throws IOException {
    return put(name, bytes.remaining(), (file, how) -> files.write(file, how, bytes));
  }

  @Override
  public Blob.Reference put(String name, float[] values) throws IOException {
    return put(
        name, (long) values.length * Float.BYTES, (file, how) -> files.write(file, how, values));
  }

  private Blob.Reference put(String name, long length, FileReuse.Content content)
      throws IOException {
    Path object = directory.resolve(ObjectNames.unique(name) + SUFFIX);
    try {
      String crc32c = reuse.write(object, content);
      return new Blob.Reference(object.toUri(), length, crc32c);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException("store " + directory + " cannot rename files atomically", e);
    } catch (IOException e) {
      String what = "store " + directory + " cannot put " + name + ": ";
      if (Files.isDirectory(directory)) {
        throw new IOException(what + e, e);
      }
      NoSuchFileException missing =
          new NoSuchFileException(what + directory + " is not an existing directory: " + e);
      missing.initCause(e);
      throw missing;
    }
  }

  @Override
  public void read(Blob.Reference reference, ByteBuffer target) throws IOException {
    files.read(path(reference), reference, target);
  }

  @Override
  public void read(Blob.Reference reference, float[] target) throws IOException {
    files.read(path(reference), reference, target);
  }

  @Override
  public void delete(Blob.Reference reference) throws IOException {
    reuse.delete(path(reference));
  }

  /** Hidden files too: what a process left that died while it wrote, and what it kept to reuse. */
  @Override
  public void deleteAll(String namePrefix) throws IOException {
    ObjectNames.valid(namePrefix);
    deleteIf(
        file -> {
          String name = file.getFileName().toString();
          return name.startsWith(namePrefix) || name.startsWith("." + namePrefix);
        });
  }

  /** Files, hidden ones too. */
  @Override
  public Map<String, String> list() throws IOException {
    Map<String, String> marks = new HashMap<>();
    try (Stream<Path> paths = Files.list(directory)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        try {
          mark(path).ifPresent(mark -> marks.put(path.getFileName().toString(), mark));
        } catch (NoSuchFileException e) {
          // deleted by another at the same moment
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return marks;
  }

  /** Changes when a file is written over, and when another takes its name; none of a directory. */
  private static Optional<String> mark(Path path) throws IOException {
    BasicFileAttributes found =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return found.isDirectory()
        ? Optional.empty()
        : Optional.of(
            found.lastModifiedTime().to(TimeUnit.NANOSECONDS)
                + "-"
                + found.size()
                + "-"
                + found.fileKey());
  }

  @Override
  public void deleteListed(String name, String mark) throws IOException {
    Path path = directory.resolve(name);
    if (!directory.equals(path.getParent())) {
      throw new IOException(name + " is not a file of " + directory);
    }
    try {
      if (mark(path).filter(mark::equals).isPresent()) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException e) {
      // deleted by another at the same moment
    }
  }

  /** Chooses files. */
  private interface Choice {
    boolean includes(Path file) throws IOException;
  }

  private void deleteIf(Choice choice) throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        try {
          if (choice.includes(path)) {
            Files.deleteIfExists(path);
          }
        } catch (NoSuchFileException e) {
          // deleted by another at the same moment
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Proves that an object is a file right inside the directory. */
  private Path path(Blob.Reference reference) throws IOException {
    URI uri = reference.uri();
    if (!"file".equalsIgnoreCase(uri.getScheme()) || uri.getAuthority() != null) {
      throw new IOException(uri + " is not a file of " + directory);
    }
    Path path = DirectoryBackend.path(uri);
    if (!directory.equals(path.getParent())) {
      throw new IOException(uri + " is not a file of " + directory);
    }
    return path;
  }

  @Override
  public void close() throws IOException {
    reuse.close();
  }
}
