package dev.drey.job.serve;

import dev.drey.job.publish.PublishedModel;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The directory below which versions lie. An announcement comes from whoever may write to its
 * topic; nothing outside of the directory is opened for one.
 *
 * @param directory a URI of one of Flink's file systems; without a scheme, a path of this machine
 */
record VersionRoot(URI directory) {

  /**
   * Checks an announced place. On this machine links are followed first, those of the files in the
   * place too.
   *
   * @param place that was announced
   * @throws IOException if it is not a place, does not exist, or is not below the directory
   */
  void check(String place) throws IOException {
    URI uri = uri(place);
    if (!scheme(uri).equals(scheme(directory))) {
      throw outside(place);
    }
    if (scheme(uri).equals("file")) {
      checkFiles(place, file(uri));
    } else if (!Objects.equals(uri.getAuthority(), directory.getAuthority())
        || !isBelow(uri.normalize().getPath(), directory.normalize().getPath())) {
      throw outside(place);
    }
  }

  private static URI uri(String place) throws IOException {
    URI uri;
    try {
      uri = new org.apache.flink.core.fs.Path(place).toUri();
    } catch (IllegalArgumentException e) {
      throw new IOException("\"" + place + "\" is not a place: " + e.getMessage(), e);
    }
    if (uri.getPath() == null || !uri.getPath().startsWith("/")) {
      throw new IOException("\"" + place + "\" is not a place: it must be absolute");
    }
    return uri;
  }

  private static Path file(URI uri) throws IOException {
    try {
      return Path.of(uri.getPath());
    } catch (InvalidPathException e) {
      throw new IOException("\"" + uri + "\" is not a place: " + e.getMessage(), e);
    }
  }

  private void checkFiles(String place, Path version) throws IOException {
    Path root = Path.of(directory.getPath()).toRealPath();
    Path real = version.toRealPath();
    if (real.equals(root) || !real.startsWith(root)) {
      throw outside(place);
    }
    for (String name : PublishedModel.READ) {
      Path file = real.resolve(name);
      if (Files.exists(file) && !file.toRealPath().startsWith(root)) {
        throw outside(file.toString());
      }
    }
  }

  /** What is left of ".." after normalization leads out of the directory. */
  private static boolean isBelow(String path, String directory) {
    String root = directory.endsWith("/") ? directory : directory + "/";
    return path.startsWith(root) && path.length() > root.length();
  }

  private static String scheme(URI uri) {
    return uri.getScheme() == null ? "file" : uri.getScheme();
  }

  private IOException outside(String place) {
    return new IOException(place + " is not below " + directory + ", where versions must lie");
  }
}
