package dev.drey.core.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** IDX and NPY. */
class ArrayFilesTest {

  private static final byte[] IMAGES = idx(0x08, new int[] {2, 1, 3}, 0, 1, 2, 127, 128, 255);
  private static final byte[] LABELS = idx(0x08, new int[] {2}, 9, 3);

  @TempDir Path folder;

  @Test
  void imagesAndLabelsAreReadAndScaled() throws IOException {
    DataSet data = read(IMAGES, LABELS);

    assertThat(data.rows()).isEqualTo(2);
    assertThat(data.width()).isEqualTo(3);
    assertThat(data.labelWidth()).isEqualTo(1);
    float[] features = new float[6];
    data.features(new int[] {7, 1, 0}, 1, 2, Normalization.UNIT, features);
    assertThat(features).containsExactly(127f / 255, 128f / 255, 1, 0, 1f / 255, 2f / 255);
    float[] labels = new float[2];
    data.labels(new int[] {1, 0}, 0, 2, labels);
    assertThat(labels).containsExactly(3, 9);
  }

  @Test
  void bytesNormalisedPerColumnGetTheSameBitsAsThroughTheTable() throws IOException {
    DataSet data = read(IMAGES, LABELS);
    float[] table = new float[3];
    float[] columns = new float[3];

    data.features(new int[] {1}, 0, 1, new Normalization(List.of(33f), List.of(77f)), table);
    data.features(
        new int[] {1},
        0,
        1,
        new Normalization(List.of(33f, 33f, 33f), List.of(77f, 77f, 77f)),
        columns);

    assertThat(columns).containsExactly(table);
  }

  @Test
  void gzipIsToldByItsFirstBytes() throws IOException {
    DataSet data = read(gzip(IMAGES), gzip(LABELS));

    assertThat(data.feature(1, 2)).isEqualTo(255);
    assertThat(data.label(0, 0)).isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource({"9, 1", "11, 2", "12, 4", "13, 4", "14, 8"})
  void everyElementTypeOfIdxIsRead(int type, int bytes) throws IOException {
    ByteBuffer values = ByteBuffer.allocate(2 * bytes);
    for (int value : new int[] {-3, 100}) {
      switch (type) {
        case 9 -> values.put((byte) value);
        case 11 -> values.putShort((short) value);
        case 12 -> values.putInt(value);
        case 13 -> values.putFloat(value);
        default -> values.putDouble(value);
      }
    }

    DataSet data = read(concat(idx(type, new int[] {2, 1}), values.array()), LABELS);

    assertThat(data.feature(0, 0)).isEqualTo(-3);
    assertThat(data.feature(1, 0)).isEqualTo(100);
  }

  @Test
  void aLongFileIsDecodedChunkByChunk() throws IOException {
    int rows = 50_000; // 400,000 bytes: several chunks
    ByteBuffer values = ByteBuffer.allocate(rows * 8);
    byte[] labels = new byte[rows];
    for (int i = 0; i < rows; i++) {
      values.putDouble(i);
    }
    DataSet data =
        read(
            concat(idx(0x0e, new int[] {rows, 1}), values.array()),
            concat(idx(0x08, new int[] {rows}), labels));

    for (int i = 0; i < rows; i++) {
      assertThat(data.feature(i, 0) == i).isTrue();
    }
  }

  @Test
  void aTruncatedFileSaysWhatIsMissing() {
    assertThatThrownBy(() -> read(Arrays.copyOf(IMAGES, 18), LABELS))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(folder.resolve("features").toString())
        .hasMessageEndingWith("is truncated: its header declares 6 bytes of values, found 2");
    assertThatThrownBy(() -> read(Arrays.copyOf(IMAGES, 9), LABELS))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("is truncated: it ends in the middle of its header");
    assertThatThrownBy(() -> read(gzip(Arrays.copyOf(IMAGES, 20)), LABELS))
        .hasMessageEndingWith("is truncated: its header declares 6 bytes of values, found 4");
  }

  @Test
  void truncatedGzipSaysWhatIsMissing() throws IOException {
    byte[] noise = new byte[100_000];
    new SplittableRandom(1).nextBytes(noise);
    byte[] packed = gzip(concat(idx(0x08, new int[] {1000, 100}), noise));

    assertThatThrownBy(() -> read(Arrays.copyOf(packed, packed.length / 2), LABELS))
        .isInstanceOf(DataException.class)
        .hasMessageMatching(
            ".*is truncated: its header declares 100000 bytes of values, found \\d{5}");
    assertThatThrownBy(() -> read(Arrays.copyOf(packed, 5), LABELS))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("is truncated: it ends in the middle of its gzip data");
  }

  @Test
  void damagedGzipIsNoticed() throws IOException {
    byte[] packed = gzip(IMAGES);
    packed[3] = 127; // reserved flags and a method that does not exist
    packed[2] = 1;

    assertThatThrownBy(() -> read(packed, LABELS))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is damaged gzip: ");
  }

  @Test
  void aHeaderThatPromisesTooMuchIsRefusedBeforeMemoryIsTaken() {
    byte[] two = idx(0x08, new int[] {2_000_000_000, 1}, 1, 2, 3);
    byte[] overflowing = idx(0x08, new int[] {-1, -1, -1, -1}, 1, 2, 3);

    assertThatThrownBy(() -> read(two, LABELS))
        .hasMessageContaining("declares 2000000000 bytes of values, the file can hold at most 15");
    assertThatThrownBy(() -> read(gzip(two), LABELS))
        .hasMessageContaining("the file can hold at most 67108864");
    assertThatThrownBy(() -> read(overflowing, LABELS))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("shape is [4294967295, 4294967295, 4294967295, 4294967295]");
  }

  @Test
  void aGzipBombIsStopped() throws IOException {
    byte[] zeros = new byte[65 << 20];
    byte[] bomb = gzip(concat(idx(0x08, new int[] {60 << 20, 1}), zeros));
    assertThat(bomb.length).isLessThan(100_000);

    assertThatThrownBy(() -> read(bomb, LABELS))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has more bytes than the 62914560 its header declares");
    DataFile file =
        DataFile.verified(DataSets.reference(Files.write(folder.resolve("bomb"), bomb)));
    assertThatThrownBy(() -> file.read((f, in) -> in.transferTo(OutputStream.nullOutputStream())))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("unpacks to more than 67108864 bytes");
  }

  @Test
  void whatIsNotIdxIsRefused() {
    assertThatThrownBy(() -> read("GIF89a".getBytes(ISO_8859_1), LABELS))
        .hasMessageEndingWith(
            "is not an IDX file: it starts with 0x4749, must start with two zero bytes");
    assertThatThrownBy(() -> read(idx(0x0a, new int[] {1}, 1), LABELS))
        .hasMessageEndingWith("has IDX element type 0x0a, known are 08, 09, 0b, 0c, 0d and 0e");
    assertThatThrownBy(() -> read(idx(0x08, new int[] {}, 1), LABELS))
        .hasMessageEndingWith("has no dimensions, must have rows");
    assertThatThrownBy(() -> read(idx(0x08, new int[] {0, 3}), LABELS))
        .hasMessageContaining("shape is [0, 3], every dimension must be at least 1");
    assertThatThrownBy(() -> read(concat(IMAGES, new byte[1]), LABELS))
        .hasMessageEndingWith("has more bytes than the 6 its header declares");
    assertThatThrownBy(() -> read(IMAGES, idx(0x08, new int[] {3}, 1, 2, 3)))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith(": 2 rows of features but 3 of labels");
  }

  @ParameterizedTest
  @ValueSource(strings = {"|u1", "<i4", "<i8", "<f4", "<f8"})
  void everyElementTypeOfNpyIsRead(String type) throws IOException {
    ByteBuffer values = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : new int[] {1, 2, 3, 100}) {
      switch (type) {
        case "|u1" -> values.put((byte) value);
        case "<i4" -> values.putInt(value);
        case "<i8" -> values.putLong(value);
        case "<f4" -> values.putFloat(value);
        default -> values.putDouble(value);
      }
    }
    byte[] body = Arrays.copyOf(values.array(), values.position());

    DataSet data =
        readNpy(npy(1, type, "False", "(2, 2)", body), npy(2, "|u1", "False", "(2,)", 1, 0));

    assertThat(data.width()).isEqualTo(2);
    assertThat(data.labelWidth()).isEqualTo(1);
    assertThat(data.feature(0, 1)).isEqualTo(2);
    assertThat(data.feature(1, 1)).isEqualTo(100);
    assertThat(data.label(0, 0)).isEqualTo(1);
  }

  @Test
  void npyLabelsMayHaveSeveralColumns() throws IOException {
    DataSet data =
        readNpy(
            npy(1, "|u1", "False", "(2, 1, 2)", 1, 2, 3, 4),
            npy(1, "|u1", "False", "(2, 3)", 1, 2, 3, 4, 5, 6));

    assertThat(data.width()).isEqualTo(2);
    assertThat(data.labelWidth()).isEqualTo(3);
    assertThat(data.label(1, 0)).isEqualTo(4);
  }

  @Test
  void npyFilesOfAnotherKindAreRefused() {
    byte[] labels = npy(1, "|u1", "False", "(1,)", 1);
    assertThatThrownBy(() -> readNpy(npy(1, ">f4", "False", "(1,)", 0, 0, 0, 0), labels))
        .hasMessageEndingWith("has NPY elements of type >f4, known are |u1, <i4, <i8, <f4 and <f8");
    assertThatThrownBy(() -> readNpy(npy(1, "|u1", "True", "(1, 1)", 1), labels))
        .hasMessageContaining("is in Fortran order, must be in C order");
    assertThatThrownBy(() -> readNpy(npy(3, "|u1", "False", "(1,)", 1), labels))
        .hasMessageEndingWith("is of NPY version 3.0, known are 1 and 2");
    assertThatThrownBy(() -> readNpy(npy(1, "|u1", "False", "()", 1), labels))
        .hasMessageEndingWith("has no dimensions, must have rows");
    assertThatThrownBy(() -> readNpy(npy(1, "|u1", "Maybe", "(1,)", 1), labels))
        .hasMessageContaining("has an NPY header without a readable 'fortran_order'");
    assertThatThrownBy(() -> readNpy(npy(1, "|u1", "False", "(9,)", 1), labels))
        .hasMessageContaining("is truncated: its header declares 9 bytes of values, found 1");
    assertThatThrownBy(() -> readNpy(IMAGES, labels))
        .hasMessageEndingWith("is not an NPY file: it does not start with \\x93NUMPY");
    byte[] huge = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, -1};
    assertThatThrownBy(() -> readNpy(huge, labels))
        .hasMessageEndingWith("has an NPY header of 4294967295 bytes, at most 65536");
    assertThatThrownBy(() -> readNpy(Arrays.copyOf(labels, 20), labels))
        .hasMessageEndingWith("is truncated: it ends in the middle of its header");
  }

  /** Nothing but an IOException may come out of any bytes. */
  @Test
  void damagedFilesNeverThrowAnythingElse() throws IOException {
    byte[] npy = npy(1, "<f4", "False", "(2, 1)", 0, 0, 0, 0, 1, 1, 1, 1);
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 600; i++) {
      byte[] good = i % 2 == 0 ? IMAGES : npy;
      byte[] bytes = Arrays.copyOf(good, random.nextInt(good.length + 1));
      for (int edits = random.nextInt(4); edits > 0 && bytes.length > 0; edits--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        DataSet data =
            i % 2 == 0 ? read(bytes, LABELS) : readNpy(bytes, npy(1, "|u1", "False", "(2,)", 1, 2));
        assertThat(data.rows()).isEqualTo(2);
      } catch (IOException e) {
        assertThat(e).message().contains(folder.toString());
      }
    }
  }

  private DataSet read(byte[] features, byte[] labels) throws IOException {
    return DataSets.read(
        new DataSource.Idx(
            DataSets.reference(Files.write(folder.resolve("features"), features)),
            DataSets.reference(Files.write(folder.resolve("labels"), labels))));
  }

  private DataSet readNpy(byte[] features, byte[] labels) throws IOException {
    return DataSets.read(
        new DataSource.Npy(
            DataSets.reference(Files.write(folder.resolve("x.npy"), features)),
            DataSets.reference(Files.write(folder.resolve("y.npy"), labels))));
  }

  private static byte[] idx(int type, int[] shape, int... bytes) {
    ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * shape.length + bytes.length);
    buffer.put(new byte[] {0, 0, (byte) type, (byte) shape.length});
    for (int dimension : shape) {
      buffer.putInt(dimension);
    }
    for (int value : bytes) {
      buffer.put((byte) value);
    }
    return buffer.array();
  }

  private static byte[] npy(int version, String type, String fortran, String shape, int... bytes) {
    byte[] body = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      body[i] = (byte) bytes[i];
    }
    return npy(version, type, fortran, shape, body);
  }

  private static byte[] npy(int version, String type, String fortran, String shape, byte[] body) {
    byte[] header =
        ("{'descr': '" + type + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }\n")
            .getBytes(ISO_8859_1);
    ByteBuffer buffer = ByteBuffer.allocate(100 + header.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.put((byte) 0x93).put("NUMPY".getBytes(ISO_8859_1)).put((byte) version).put((byte) 0);
    if (version == 1) {
      buffer.putShort((short) header.length);
    } else {
      buffer.putInt(header.length);
    }
    buffer.put(header);
    return concat(Arrays.copyOf(buffer.array(), buffer.position()), body);
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
