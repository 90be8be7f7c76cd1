package dev.drey.connectors.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.blob.CorruptBlobException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FloatFilesTest {

  @TempDir Path directory;

  private final FloatFiles files = new FloatFiles();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32_767, 32_768, 32_769, 100_000})
  void valuesComeBackBitForBitAtAnyLength(int count) throws Exception {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = Float.intBitsToFloat(i * 0x9E3779B9);
    }
    Path file = directory.resolve("values");

    String crc32c = files.write(file, values);
    float[] read = files.read(file, count * 4L, crc32c);

    assertThat(read.length).isEqualTo(count);
    for (int i = 0; i < count; i++) {
      assertThat(Float.floatToRawIntBits(read[i])).isEqualTo(Float.floatToRawIntBits(values[i]));
    }
  }

  @Test
  void anotherChecksumIsRefused() throws Exception {
    Path file = directory.resolve("values");
    files.write(file, new float[] {1, 2});

    assertThatThrownBy(() -> files.read(file, 8, "00000000"))
        .isInstanceOf(CorruptBlobException.class)
        .hasMessageContaining("not 00000000");
  }

  @Test
  void aFileIsNeverWrittenTwice() throws Exception {
    Path file = directory.resolve("values");
    files.write(file, new float[1]);

    assertThatThrownBy(() -> files.write(file, new float[1]))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void aLinkIsNotFollowed() throws Exception {
    Path file = directory.resolve("values");
    String crc32c = files.write(file, new float[1]);
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);

    assertThatThrownBy(() -> files.read(link, 4, crc32c)).isInstanceOf(IOException.class);
  }
}
