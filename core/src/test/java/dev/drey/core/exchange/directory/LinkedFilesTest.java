package dev.drey.core.exchange.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkedFilesTest {

  @TempDir private Path directory;
  private final LinkedFiles files = new LinkedFiles();
  private final ChecksummedFiles contents = new ChecksummedFiles();

  @Test
  void aFileTheReaderHasDeletedIsUsedAgain() throws IOException {
    write("a", 1, 2, 3);
    Object memory = inode("a");
    Files.delete(directory.resolve("a"));

    write("b", 4, 5, 6);

    assertThat(inode("b")).isEqualTo(memory);
    assertThat(bytes("b")).containsExactly(4, 5, 6);
  }

  @Test
  void aFileThatIsStillThereKeepsItsBytes() throws IOException {
    write("a", 1, 2, 3);
    write("b", 4, 5, 6);
    write("c", 7, 8, 9);

    assertThat(bytes("a")).containsExactly(1, 2, 3);
    assertThat(bytes("b")).containsExactly(4, 5, 6);
    assertThat(bytes("c")).containsExactly(7, 8, 9);
  }

  @Test
  void shorterAndLongerBytesAreWrittenWhole() throws IOException {
    write("a", 1, 2, 3);
    Files.delete(directory.resolve("a"));
    write("b", 4);
    assertThat(bytes("b")).containsExactly(4);
    Files.delete(directory.resolve("b"));
    write("c", 5, 6, 7, 8);
    assertThat(bytes("c")).containsExactly(5, 6, 7, 8);
  }

  @Test
  void aSpareThatWasClearedAwayIsMissedByNobody() throws IOException {
    write("a", 1);
    Files.delete(directory.resolve("a"));
    Files.delete(directory.resolve(".a"));

    write("b", 2);

    assertThat(bytes("b")).containsExactly(2);
  }

  @Test
  void sparesThatAreClearedAwayAtAnyMomentAreMissedByNobody() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    Thread sweep = new Thread(() -> clearSpares(over));
    sweep.start();
    try {
      for (int i = 0; i < 3000; i++) {
        write("r" + i, i, i + 1);
        assertThat(bytes("r" + i)).containsExactly((byte) i, (byte) (i + 1));
        Files.delete(directory.resolve("r" + i));
      }
    } finally {
      over.set(true);
      sweep.join();
    }
  }

  private void clearSpares(AtomicBoolean over) {
    while (!over.get()) {
      try (var files = Files.list(directory)) {
        for (Path file : files.filter(f -> f.getFileName().toString().startsWith(".")).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void aLongRunLeavesOneSpare() throws IOException {
    for (int i = 0; i < 50; i++) {
      write("r" + i, i);
      Files.delete(directory.resolve("r" + i));
    }

    try (var left = Files.list(directory)) {
      assertThat(left).containsExactly(directory.resolve(".r0"));
    }
  }

  @Test
  void theSpareGoesWhenTheStoreIsClosedAndItsFileStays() throws IOException {
    write("a", 1);

    files.close();

    try (var left = Files.list(directory)) {
      assertThat(left).containsExactly(directory.resolve("a"));
    }
  }

  @Test
  void aNameIsNeverWrittenTwice() throws IOException {
    write("a", 1);

    assertThatThrownBy(() -> write("a", 2)).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(bytes("a")).containsExactly(1);
  }

  private void write(String name, int... values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocateDirect(values.length);
    for (int value : values) {
      bytes.put((byte) value);
    }
    bytes.flip();
    files.write(directory.resolve(name), (file, how) -> contents.write(file, how, bytes));
  }

  private byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(directory.resolve(name));
  }

  private Object inode(String name) throws IOException {
    return Files.getAttribute(directory.resolve(name), "unix:ino");
  }
}
