package dev.drey.job.cli;

import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import dev.drey.job.specification.key.Surroundings;
import dev.drey.job.specification.key.YamlText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.core.fs.FileSystem;

/**
 * The text of a specification, from any place.
 *
 * @param place a path, an http or https address, or a URI that one of Flink's file systems reads,
 *     as s3://bucket/spec.yaml
 * @param directory that relative paths start from, also those inside a specification that is not a
 *     local file
 */
record SpecificationText(String place, Path directory) {

  private static final Set<String> WEB = Set.of("http", "https");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * Reads and checks it.
   *
   * @param overrides values by dotted key that override its own
   * @throws SpecificationException with everything that is wrong
   */
  RunSpecification read(Map<String, String> overrides) throws SpecificationException {
    if (!place.matches("[a-z][a-z0-9+.-]+:.*")) {
      return RunSpecification.read(directory.resolve(place), overrides);
    }
    URI uri;
    byte[] bytes;
    try {
      uri = URI.create(place);
      if ("file".equals(uri.getScheme())) {
        return RunSpecification.read(Path.of(uri.getPath()), overrides);
      }
      try (InputStream in = WEB.contains(uri.getScheme()) ? web(uri) : store(uri)) {
        bytes = in.readNBytes(YamlText.MAX_BYTES + 1);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new SpecificationException(List.of(Fault.of(place, "cannot be read: " + e)));
    }
    return RunSpecification.parse(
        bytes,
        overrides,
        new Surroundings(
            directory,
            RunSpecification.nameOf(Path.of(uri.getPath())),
            Runtime.getRuntime().availableProcessors(),
            true));
  }

  private static InputStream web(URI uri) throws IOException {
    URLConnection connection = uri.toURL().openConnection();
    connection.setConnectTimeout(Math.toIntExact(PATIENCE.toMillis()));
    connection.setReadTimeout(Math.toIntExact(PATIENCE.toMillis()));
    return connection.getInputStream();
  }

  private static InputStream store(URI uri) throws IOException {
    return FileSystem.get(uri).open(new org.apache.flink.core.fs.Path(uri));
  }
}
