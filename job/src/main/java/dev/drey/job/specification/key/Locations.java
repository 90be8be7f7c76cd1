package dev.drey.job.specification.key;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A directory, by its path or by a URI of any file system; a relative path starts from the
 * specification's own directory.
 */
public final class Locations implements Type<URI> {

  private static final Pattern WITH_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");
  private static final String FILE = "file";

  @Override
  public Optional<URI> read(Yaml yaml, Reading reading) {
    if (!(yaml instanceof Yaml.Text text) || text.text().isBlank()) {
      return refused(yaml, reading);
    }
    try {
      String given = text.text().strip();
      URI uri =
          WITH_SCHEME.matcher(given).matches()
              ? new URI(given)
              : reading.surroundings().directory().resolve(given).normalize().toUri();
      return Optional.of(withoutSlash(uri));
    } catch (URISyntaxException | InvalidPathException e) {
      return refused(yaml, reading);
    }
  }

  /** A path's URI ends with a slash if there is such a directory. */
  private static URI withoutSlash(URI uri) {
    String path = uri.getRawPath();
    return path.length() > 1 && path.endsWith("/")
        ? URI.create(uri.toString().replaceFirst("/+$", ""))
        : uri;
  }

  private Optional<URI> refused(Yaml yaml, Reading reading) {
    reading.fault(yaml.place(), "is " + yaml.shown() + ", must be " + expects());
    return Optional.empty();
  }

  @Override
  public Object write(URI value) {
    return FILE.equals(value.getScheme()) ? value.getPath() : value.toString();
  }

  @Override
  public String expects() {
    return "a directory, or a URI of one, as s3://bucket/models";
  }
}
