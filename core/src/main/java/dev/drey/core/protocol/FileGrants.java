package dev.drey.core.protocol;

import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The files and directories that a worker may open, whatever a request names. Immutable.
 *
 * <p>A worker process has them in its environment variable {@value #VARIABLE}, as file: URIs with
 * white space between them. Without the variable, a function on AWS may open all files, since AWS
 * checks who invokes it; a function of any other service may open none.
 */
public final class FileGrants {

  /** The environment variable of a worker process. */
  public static final String VARIABLE = "DREY_FILES";

  /** All files, for handlers that serve the requests of their own process. */
  public static final FileGrants ALL = new FileGrants(List.of(Path.of("/")));

  private static final String FUNCTION = "AWS_LAMBDA_RUNTIME_API";
  private static final String EXECUTION = "AWS_EXECUTION_ENV";
  private static final String ON_AWS = "AWS_Lambda_";

  private final List<Path> granted;

  private FileGrants(List<Path> granted) {
    this.granted = granted;
  }

  /** These files, and all that is below these directories. They need not exist yet. */
  public static FileGrants of(Collection<Path> files) {
    return new FileGrants(
        files.stream().map(file -> file.toAbsolutePath().normalize()).distinct().toList());
  }

  /**
   * The grants of a process.
   *
   * @param environment variables of the process
   * @throws IllegalArgumentException if the variable has something else than file: URIs
   */
  public static FileGrants in(Map<String, String> environment) {
    String listed = environment.get(VARIABLE);
    if (listed != null) {
      return of(
          Arrays.stream(listed.split("\\s+"))
              .filter(uri -> !uri.isEmpty())
              .map(FileGrants::path)
              .toList());
    }
    boolean onAws = environment.getOrDefault(EXECUTION, "").startsWith(ON_AWS);
    return environment.containsKey(FUNCTION) && !onAws ? of(List.of()) : ALL;
  }

  private static Path path(String uri) {
    try {
      return Path.of(URI.create(uri));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          VARIABLE + " has \"" + uri + "\", must have file: URIs with white space between them", e);
    }
  }

  /** The environment variable that gives these grants to a worker process. */
  public Map<String, String> environment() {
    return Map.of(
        VARIABLE,
        granted.stream().map(file -> file.toUri().toString()).collect(Collectors.joining(" ")));
  }

  /**
   * Checks that a file may be opened. Its path must be below a granted one as it is written, and
   * again with all links resolved. A path that is outside as written is refused without a look at
   * it, so that a refusal does not show whether the file exists.
   *
   * @param uri of the file; those of other schemes, and those of no file's, are left to the reader
   * @throws FileNotGrantedException if it may not be opened
   */
  public void check(URI uri) throws IOException {
    if (granted.equals(ALL.granted) || !"file".equalsIgnoreCase(uri.getScheme())) {
      return;
    }
    Path path;
    try {
      path = Path.of(uri);
    } catch (IllegalArgumentException e) {
      return; // has no path, so nothing can be opened by it
    }
    Path normal = path.normalize();
    List<Path> above = granted.stream().filter(normal::startsWith).toList();
    // Readers open the path as it is or normalized, which differ where a link is before "..".
    if (above.isEmpty() || !isBelow(above, path) || !isBelow(above, normal)) {
      throw new FileNotGrantedException(path);
    }
  }

  private static boolean isBelow(List<Path> above, Path path) throws IOException {
    Path real;
    try {
      real = path.toRealPath();
    } catch (NoSuchFileException e) {
      return true; // opening it will fail
    }
    for (Path directory : above) {
      if (real.startsWith(directory.toRealPath())) {
        return true;
      }
    }
    return false;
  }
}
