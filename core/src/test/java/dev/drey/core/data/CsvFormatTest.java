package dev.drey.core.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFormatTest {

  private static final List<String> FEATURES = List.of("width", "height");
  private static final List<String> LABELS = List.of("kind");

  @TempDir Path folder;

  @Test
  void namedColumnsAreTakenInTheOrderAskedFor() throws IOException {
    DataSet data = read("kind,height,id,width\n0,1.5,a,-2\n1, 2.5 ,b,3e2\n");

    assertThat(data.rows()).isEqualTo(2);
    assertThat(data.width()).isEqualTo(2);
    assertThat(data.labelWidth()).isEqualTo(1);
    assertThat(data.feature(0, 0)).isEqualTo(-2);
    assertThat(data.feature(0, 1)).isEqualTo(1.5f);
    assertThat(data.feature(1, 0)).isEqualTo(300);
    assertThat(data.feature(1, 1)).isEqualTo(2.5f);
    assertThat(data.label(1, 0)).isEqualTo(1);
  }

  @Test
  void quotesCarriageReturnsBlankLinesAndAMarkAtTheStartAreNoTrouble() throws IOException {
    DataSet data =
        read("\ufeffwidth,\"height\",kind,note\r\n\"1\",2,0,\"a, \"\"b\"\"\"\r\n\r\n3,4,1,\r\n");

    assertThat(data.rows()).isEqualTo(2);
    assertThat(data.feature(1, 1)).isEqualTo(4);
  }

  @Test
  void gzipIsUnpacked() throws IOException {
    DataSet data = read(gzip("width,height,kind\n1,2,0\n"));

    assertThat(data.feature(0, 1)).isEqualTo(2);
  }

  @Test
  void manyRowsAreRead() throws IOException {
    StringBuilder text = new StringBuilder("width,height,kind\n");
    for (int i = 0; i < 20_000; i++) {
      text.append(i).append(',').append(-i).append(',').append(i % 10).append('\n');
    }

    DataSet data = read(text.toString());

    assertThat(data.rows()).isEqualTo(20_000);
    for (int i = 0; i < 20_000; i++) {
      assertThat(data.feature(i, 0) == i && data.feature(i, 1) == -i).isTrue();
    }
  }

  @Test
  void aFileMayHaveNoLabels() throws IOException {
    DataSet data =
        DataSets.read(source("width,height\n1,2\n".getBytes(UTF_8), FEATURES, List.of()));

    assertThat(data.rows()).isEqualTo(1);
    assertThat(data.labelWidth()).isZero();
  }

  @Test
  void everyFaultNamesFileLineColumnAndValue() {
    assertFault(
        "width,height,kind\n1,2,0\n1,tall,0\n",
        "line 3, column \"height\": \"tall\" is not a number");
    assertFault(
        "width,height,kind\n1,2,0\n1,2,\n", "line 3, column \"kind\": \"\" is not a number");
    assertFault("width,height,kind\n1,2\n", "line 2 has 2 columns, the header 3");
    assertFault("width,height,kind\n1,2,3,4\n", "line 2 has 4 columns, the header 3");
    assertFault("width,kind\n1,2\n", "has no column \"height\"; it has [width, kind]");
    assertFault("width,height,kind,kind\n1,2,3,4\n", "has more than one column \"kind\"");
    assertFault("", "is empty, must start with a header line");
    assertFault("width,height,kind\n", "has no rows, must have at least one");
    assertFault("width,height,kind\n1,2,\"0\n", "is not readable as CSV after line 1: ");
    assertFault("width,height,kind\r\n1,2,0\r\n1,?,0\r\n", "line 3, column \"height\"");
    assertFault("width,height,kind\n1,2,0\n\n\n1,?,0\n", "line 5, column \"height\"");
    assertFault("width,height,kind\n1,2,0\n1,?,0\n\n", "line 3, column \"height\"");
    // The last line has no line break.
    assertFault(
        "width,height,kind\n1,2,0\n1,x,0", "line 3, column \"height\": \"x\" is not a number");
  }

  @Test
  void featuresMustBeNamed() {
    assertThatThrownBy(() -> DataSets.read(source("a\n1\n".getBytes(UTF_8), List.of(), LABELS)))
        .hasMessageEndingWith("names no feature columns, must name at least one");
  }

  @Test
  void truncatedGzipIsNoEndOfFile() throws IOException {
    StringBuilder text = new StringBuilder("width,height,kind\n");
    for (int i = 0; i < 5000; i++) {
      text.append(i * 7919 % 1000).append(",1,1\n");
    }
    byte[] packed = gzip(text.toString());

    assertThatThrownBy(() -> read(Arrays.copyOf(packed, packed.length / 2)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is truncated: it ends in the middle of its gzip data");
  }

  private void assertFault(String text, String fault) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(folder.resolve("data.csv") + ": ")
        .hasMessageContaining(fault);
  }

  private DataSet read(String text) throws IOException {
    return read(text.getBytes(UTF_8));
  }

  private DataSet read(byte[] bytes) throws IOException {
    return DataSets.read(source(bytes, FEATURES, LABELS));
  }

  private DataSource.Csv source(byte[] bytes, List<String> features, List<String> labels)
      throws IOException {
    Path file = Files.write(folder.resolve("data.csv"), bytes);
    return new DataSource.Csv(DataSets.reference(file), features, labels);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(text.getBytes(UTF_8));
    }
    return packed.toByteArray();
  }
}
