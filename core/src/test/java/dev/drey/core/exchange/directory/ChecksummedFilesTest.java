package dev.drey.core.exchange.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.blob.Blob;
import dev.drey.core.blob.CorruptBlobException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChecksummedFilesTest {

  @TempDir Path directory;

  private final ChecksummedFiles files = new ChecksummedFiles();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32_767, 32_768, 32_769, 100_000})
  void valuesComeBackBitForBitAtAnyLength(int count) throws Exception {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = Float.intBitsToFloat(i * 0x9E3779B9);
    }
    Path file = directory.resolve("values");

    String crc32c = files.write(file, StandardOpenOption.CREATE_NEW, values);
    float[] read = new float[count];
    files.read(file, reference(file, count * 4L, crc32c), read);

    assertThat(read.length).isEqualTo(count);
    for (int i = 0; i < count; i++) {
      assertThat(Float.floatToRawIntBits(read[i])).isEqualTo(Float.floatToRawIntBits(values[i]));
    }
  }

  @Test
  void anotherChecksumIsRefused() throws Exception {
    Path file = directory.resolve("values");
    files.write(file, StandardOpenOption.CREATE_NEW, new float[] {1, 2});

    assertThatThrownBy(() -> files.read(file, reference(file, 8, "00000000"), new float[2]))
        .isInstanceOf(CorruptBlobException.class)
        .hasMessageContaining("its reference says 00000000");
  }

  @Test
  void aNewFileIsNeverWrittenTwice() throws Exception {
    Path file = directory.resolve("values");
    files.write(file, StandardOpenOption.CREATE_NEW, new float[1]);

    assertThatThrownBy(() -> files.write(file, StandardOpenOption.CREATE_NEW, new float[1]))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(
            () -> files.write(file, StandardOpenOption.CREATE_NEW, ByteBuffer.allocate(4)))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void aLinkIsNotFollowed() throws Exception {
    Path file = directory.resolve("values");
    String crc32c = files.write(file, StandardOpenOption.CREATE_NEW, new float[1]);
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);

    assertThatThrownBy(() -> files.read(link, reference(link, 4, crc32c), new float[1]))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(
            () -> files.read(link, reference(link, 4, crc32c), ByteBuffer.allocateDirect(4)))
        .isInstanceOf(IOException.class);
  }

  @Test
  @Timeout(10)
  void whatIsNoFileIsRefusedAndNotWaitedFor() throws Exception {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    for (Path path : List.of(pipe, directory)) {
      assertThatThrownBy(() -> files.read(path, reference(path, 0, "00000000"), new float[0]))
          .isInstanceOf(NoSuchFileException.class)
          .hasMessage(path + " is not a regular file");
    }
  }

  private static Blob.Reference reference(Path file, long bytes, String crc32c) {
    return new Blob.Reference(file.toUri(), bytes, crc32c);
  }
}
