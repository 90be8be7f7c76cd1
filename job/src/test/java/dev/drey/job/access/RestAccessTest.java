package dev.drey.job.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.io.network.netty.InboundChannelHandlerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestAccessTest {

  @TempDir private Path directory;

  private static List<String> classFiles(Path classes) throws IOException {
    try (Stream<Path> files = Files.list(classes.resolve("dev/drey/job/access"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("package-info.class"))
          .sorted()
          .toList();
    }
  }

  @Test
  void aJobManagerWithoutDreysJarsGetsAllClassesOfThePackage() throws Exception {
    Path built =
        Path.of(RestAccess.class.getProtectionDomain().getCodeSource().getLocation().toURI());

    RestAccess.install(directory);

    assertThat(classFiles(directory)).isEqualTo(classFiles(built));
    try (URLClassLoader alone =
        new URLClassLoader(
            new URL[] {directory.toUri().toURL()},
            InboundChannelHandlerFactory.class.getClassLoader())) {
      assertThat(ServiceLoader.load(InboundChannelHandlerFactory.class, alone))
          .extracting(factory -> factory.getClass().getName())
          .contains(RestAccessFactory.class.getName());
    }
  }

  @Test
  void aFlinkThatIsNotConfiguredForItIsAsItWas() throws Exception {
    assertThat(new RestAccessFactory().createHandler(new Configuration(), Map.of())).isEmpty();

    Configuration configuration = new Configuration();
    RestAccess.protect(configuration, directory.resolve("token"));

    assertThat(new RestAccessFactory().createHandler(configuration, Map.of())).isPresent();
  }
}
