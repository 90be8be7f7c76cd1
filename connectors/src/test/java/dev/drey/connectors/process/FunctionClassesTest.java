package dev.drey.connectors.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.connectors.transport.TestingHandler;
import dev.drey.core.worker.WorkHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FunctionClassesTest {

  @TempDir Path root;

  @Test
  void aFunctionIsLoadedOnceFromItsJarsAndSharesCoresTypes() throws Exception {
    Path function = function(true);

    FunctionClasses.Function first = FunctionClasses.find(function, root.resolve("cache"));
    FunctionClasses.Function second = FunctionClasses.find(function, root.resolve("cache"));
    WorkHandler handler = first.handlers().get();

    assertThat(handler.getClass().getName()).isEqualTo(TestingHandler.class.getName());
    assertThat(second.loader()).isSameAs(first.loader());
    assertThat(second.handlers().get()).isNotSameAs(handler).hasSameClassAs(handler);
    assertThat(new String(handler.handle(new byte[] {'x'}), StandardCharsets.UTF_8))
        .contains("\"refused\"");
  }

  @Test
  void nativeLibrariesAreUnpackedWhereTheFunctionsOwnerSays() throws Exception {
    FunctionClasses.find(function(true), root.resolve("cache"));

    assertThat(System.getProperty("org.bytedeco.javacpp.cachedir")).isNotBlank();
  }

  @Test
  void aFunctionWithoutAHandlerIsNamed() throws Exception {
    Path function = function(false);

    assertThatThrownBy(() -> FunctionClasses.find(function, root.resolve("cache")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has no dev.drey.core.worker.WorkHandler in lib/");
  }

  @Test
  void aMissingFunctionIsNamed() {
    assertThatThrownBy(() -> FunctionClasses.find(root.resolve("missing"), root.resolve("cache")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(root.resolve("missing") + " has no lib/");
  }

  private Path function(boolean withHandler) throws IOException {
    Path lib = Files.createDirectories(root.resolve("function/lib"));
    try (JarOutputStream jar =
        new JarOutputStream(Files.newOutputStream(lib.resolve("function.jar")))) {
      jar.putNextEntry(new JarEntry("META-INF/services/" + WorkHandler.class.getName()));
      if (withHandler) {
        jar.write(TestingHandler.class.getName().getBytes(StandardCharsets.UTF_8));
      }
      jar.closeEntry();
      String name = TestingHandler.class.getName().replace('.', '/') + ".class";
      jar.putNextEntry(new JarEntry(name));
      try (InputStream in = TestingHandler.class.getClassLoader().getResourceAsStream(name)) {
        in.transferTo(jar);
      }
      jar.closeEntry();
    }
    return root.resolve("function");
  }
}
