package dev.drey.job.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.drey.job.run.SmallRun;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.key.SpecificationException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is checked before a cluster is asked for anything, and where specifications lie. */
class ClusterJobTest {

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void writeSpecification() throws Exception {
    file = SmallRun.specification(directory.resolve("small.yaml"));
  }

  private RunSpecification read(String place) throws SpecificationException {
    return new SpecificationText(place, directory).read(Map.of("training.epochs", "7"));
  }

  @Test
  void aSpecificationIsAFileOrAUri() throws Exception {
    assertThat(read("small.yaml").name()).isEqualTo("small");
    assertThat(read(file.toUri().toString()).name()).isEqualTo("small");
  }

  @Test
  void aSpecificationIsFetchedOverHttp() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    byte[] bytes = Files.readAllBytes(file);
    server.createContext(
        "/specs/far.yaml",
        exchange -> {
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    try {
      String host = "http://127.0.0.1:" + server.getAddress().getPort();

      assertThat(read(host + "/specs/far.yaml").name()).isEqualTo("far");
      assertThatThrownBy(() -> read(host + "/specs/none.yaml"))
          .isInstanceOf(SpecificationException.class)
          .hasMessageContaining(host + "/specs/none.yaml")
          .hasMessageContaining("cannot be read");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aPlaceThatFlinkCannotReadIsToldWithItsName() {
    assertThatThrownBy(() -> read("s3://bucket/spec.yaml"))
        .isInstanceOf(SpecificationException.class)
        .hasMessageContaining("s3://bucket/spec.yaml");
  }

  @Test
  void allThatDoesNotSuitAClusterIsTold() {
    assertThatThrownBy(() -> ClusterJob.main(new String[] {"--spec", file.toString()}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("workers.runtime: is local, must be aws on a cluster")
        .hasMessageContaining("output.directory: is auto, must be a directory that");
  }

  @Test
  void aMissingArgumentIsTold() {
    assertThatThrownBy(() -> ClusterJob.main(new String[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--spec");
  }
}
