package dev.drey.core.exchange.directory;

import dev.drey.core.exchange.Store;
import dev.drey.core.exchange.StoreBackend;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Directories, by file URIs. Both sides write objects into memory that deleted ones had, but learn
 * in different ways when that is free; see {@link FileReuse}.
 */
public final class DirectoryBackend implements StoreBackend {

  private final Supplier<FileReuse> reuse;

  private DirectoryBackend(Supplier<FileReuse> reuse) {
    this.reuse = reuse;
  }

  /** For a side that deletes what it wrote: the job its weights. */
  public static DirectoryBackend whereWritersDelete() {
    return new DirectoryBackend(RenamedFiles::new);
  }

  /** For a side whose readers delete what it wrote: the workers, whose results the job takes in. */
  public static DirectoryBackend whereReadersDelete() {
    return new DirectoryBackend(LinkedFiles::new);
  }

  @Override
  public String scheme() {
    return "file";
  }

  @Override
  public Store open(URI place) throws IOException {
    return new DirectoryStore(path(place), reuse.get());
  }

  @Override
  public void create(URI place) throws IOException {
    Files.createDirectories(path(place));
  }

  /**
   * The path of a file URI.
   *
   * @throws NoSuchFileException if no file can have it
   */
  static Path path(URI uri) throws NoSuchFileException {
    try {
      return Path.of(uri).normalize();
    } catch (IllegalArgumentException e) {
      throw new NoSuchFileException("\"" + uri + "\" is not the URI of a file: " + e.getMessage());
    }
  }
}
