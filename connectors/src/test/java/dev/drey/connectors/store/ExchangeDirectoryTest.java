package dev.drey.connectors.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExchangeDirectoryTest {

  @TempDir Path root;

  private Path memory;
  private Path run;

  @BeforeEach
  void directories() throws IOException {
    memory = Files.createDirectory(root.resolve("memory"));
    run = root.resolve("run");
  }

  @Test
  void itIsPrivateInMemoryAndGoneWhenClosed() throws Exception {
    Path made;
    try (ExchangeDirectory exchange = ExchangeDirectory.create(List.of(memory), run, 1)) {
      made = exchange.root();
      assertThat(made.getParent()).isEqualTo(memory);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
          .isEqualTo("rwx------");
      Files.write(Path.of(exchange.weights()).resolve("v1"), new byte[10]);
      Files.write(Path.of(exchange.results()).resolve("r1"), new byte[10]);
    }
    assertThat(made).doesNotExist();
  }

  @Test
  void withoutMemoryItLiesInTheRunDirectory() throws Exception {
    try (ExchangeDirectory exchange =
        ExchangeDirectory.create(List.of(root.resolve("missing")), run, 1)) {
      assertThat(exchange.root().getParent()).isEqualTo(run);
    }
  }

  @Test
  void tooLittleSpaceIsSaid() {
    assertThatThrownBy(() -> ExchangeDirectory.create(List.of(memory), run, Long.MAX_VALUE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the run needs " + Long.MAX_VALUE);
  }

  @Test
  void twoRunsHaveADirectoryEach() throws Exception {
    try (ExchangeDirectory first = ExchangeDirectory.create(List.of(memory), run, 1);
        ExchangeDirectory second = ExchangeDirectory.create(List.of(memory), run, 1)) {
      assertThat(first.root()).isNotEqualTo(second.root());
      assertThat(Path.of(first.weights())).isDirectory();
    }
  }

  @Test
  void whatAKilledRunLeftIsDeletedByTheNext() throws Exception {
    Path left = Files.createDirectory(memory.resolve("drey-123"));
    Files.createFile(left.resolve(".lock"));
    Files.createDirectory(left.resolve("weights"));
    Files.write(left.resolve("weights/v1"), new byte[10]);
    Path another = Files.createDirectory(memory.resolve("drey-of-somebody-else"));

    try (ExchangeDirectory exchange = ExchangeDirectory.create(List.of(memory), run, 1)) {
      assertThat(exchange.root()).exists();
      assertThat(left).doesNotExist();
      assertThat(another).exists();
    }
  }
}
