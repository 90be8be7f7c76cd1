package dev.drey.core.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.drey.core.blob.Blob;
import dev.drey.core.blob.CorruptBlobException;
import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Embedding;
import dev.drey.core.layer.GlobalAveragePooling;
import dev.drey.core.layer.Initializer;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetsTest {

  private static final int[] ALL = {0, 1, 2, 3};

  @TempDir Path folder;

  @Test
  void aFileIsReferredToAndReadBack() throws IOException {
    Path csv = file("x,y,label\n1,2,0\n3,4,1\n");
    Blob.Reference reference = DataSets.reference(csv);
    assertThat(reference.uri()).isEqualTo(csv.toUri());
    assertThat(reference.bytes()).isEqualTo(Files.size(csv));

    DataSet data =
        DataSets.read(new DataSource.Csv(reference, List.of("x", "y"), List.of("label")));

    float[] features = new float[4];
    data.features(new int[] {1, 0}, 0, 2, Normalization.NONE, features);
    assertThat(features).containsExactly(3, 4, 1, 2);
  }

  @Test
  void anotherFileThanTheOneReferredToIsNotRead() throws IOException {
    Path csv = file("x,label\n1,0\n");
    DataSource.Csv source = csv(csv);
    Files.writeString(csv, "x,label\n2,0\n");
    assertThatThrownBy(() -> DataSets.read(source))
        .isInstanceOf(CorruptBlobException.class)
        .hasMessageStartingWith(csv + ": has CRC-32C ");
    Files.writeString(csv, "x,label\n");
    assertThatThrownBy(() -> DataSets.read(source))
        .isInstanceOf(DataException.class)
        .hasMessage(csv + ": has 8 bytes, expected 12");
    Files.delete(csv);
    assertThatThrownBy(() -> DataSets.read(source))
        .isInstanceOf(DataException.class)
        .hasMessage(csv + ": there is no such file");
  }

  @Test
  void onlyFilesAreRead() {
    assertThatThrownBy(() -> DataSets.read(csv(URI.create("s3://bucket/x.csv"))))
        .isInstanceOf(DataException.class)
        .hasMessage("s3://bucket/x.csv: data sets are read from file: URIs, not s3:");
    assertThatThrownBy(() -> DataSets.read(csv(URI.create("x.csv"))))
        .isInstanceOf(DataException.class);
    assertThatThrownBy(() -> DataSets.read(csv(URI.create("file://elsewhere/x.csv"))))
        .isInstanceOf(DataException.class)
        .hasMessage("file://elsewhere/x.csv: is not the path of a file");
    assertThatThrownBy(() -> DataSets.reference(folder))
        .isInstanceOf(DataException.class)
        .hasMessage(folder + ": is not a regular file");
  }

  @Test
  void standardNormalizationGivesMeanZeroAndDeviationOne() throws IOException {
    DataSet data = DataSet.of(2, new float[] {1, 7, 3, 7, 5, 7, 1000, 8}, 0, new float[0]);
    int[] rows = {0, 1, 2};

    Normalization normalization = DataSets.standard(data, rows);

    assertThat(normalization.mean()).containsExactly(3f, 7f);
    assertThat(normalization.deviation().get(0)).isCloseTo(1.6329932f, within(1e-7f));
    assertThat(normalization.deviation().get(1)).isEqualTo(1); // a constant column
    float[] features = new float[6];
    data.features(rows, 0, 3, normalization, features);
    assertThat(features[0]).isCloseTo(-1.2247449f, within(1e-6f));
    assertThat(features[1]).isZero();
  }

  @Test
  void aConstantColumnIsKnownInSpiteOfRounding() throws IOException {
    float[] values = new float[1000];
    java.util.Arrays.fill(values, 0.1f);
    DataSet data = DataSet.of(1, values, 0, new float[0]);

    Normalization normalization =
        DataSets.standard(data, java.util.stream.IntStream.range(0, 1000).toArray());

    assertThat(normalization.mean()).containsExactly(0.1f);
    assertThat(normalization.deviation()).containsExactly(1f);
  }

  @Test
  void standardNormalizationNeedsRowsAndFiniteValues() throws IOException {
    DataSet data = DataSet.of(1, new float[] {1, Float.NaN}, 0, new float[0]);

    assertThatThrownBy(() -> DataSets.standard(data, new int[0]))
        .hasMessage("data set: normalization over 0 rows, needs at least 1");
    assertThatThrownBy(() -> DataSets.standard(data, new int[] {0, 1}))
        .hasMessage("data set: row 1: feature 0 is NaN, must be finite");
    assertThatThrownBy(() -> DataSets.standard(data, new int[] {2}))
        .hasMessage("data set: there is no row 2, rows are in [0, 2)");
  }

  @Test
  void dataThatFitTheNetworkPass() throws IOException {
    DataSets.check(data(0, 2, 1, 0), network(2, 3, new Loss.SoftmaxCrossEntropy()), ALL);

    assertThatThrownBy(
            () -> DataSets.check(data(0, 2, 1, 0), network(2, 3, new Loss.MeanSquaredError()), ALL))
        .hasMessage("data set: an example has 1 labels, the network's loss takes 3");
  }

  @Test
  void everyFaultOfTheDataIsNamed() throws IOException {
    NetworkSpec network = network(2, 3, new Loss.SoftmaxCrossEntropy());
    assertThatThrownBy(
            () ->
                DataSets.check(
                    data(0, 0, 0, 0), network(5, 3, new Loss.SoftmaxCrossEntropy()), ALL))
        .isInstanceOf(DataException.class)
        .hasMessage("data set: an example has 2 features, the network's input [5] takes 5");
    assertThatThrownBy(() -> DataSets.check(data(0, 0, 3, 0), network, ALL))
        .hasMessage("data set: row 2: label is 3.0, must be a whole number in [0, 3)");
    assertThatThrownBy(() -> DataSets.check(data(0, -1, 0, 0), network, ALL))
        .hasMessage("data set: row 1: label is -1.0, must be a whole number in [0, 3)");
    assertThatThrownBy(() -> DataSets.check(data(0, 0, 0, 1.5f), network, ALL))
        .hasMessage("data set: row 3: label is 1.5, must be a whole number in [0, 3)");
    assertThatThrownBy(() -> DataSets.check(data(Float.NaN, 0, 0, 0), network, ALL))
        .hasMessage("data set: row 0: label 0 is NaN, must be finite");
    assertThatThrownBy(() -> DataSets.check(data(0, 0, 0, 0), network, new int[] {4}))
        .hasMessage("data set: there is no row 4, rows are in [0, 4)");
    DataSet infinite =
        DataSet.of(2, new float[] {0, 0, 0, Float.POSITIVE_INFINITY}, 1, new float[2]);
    assertThatThrownBy(() -> DataSets.check(infinite, network, new int[] {0, 1}))
        .hasMessage("data set: row 1: feature 1 is Infinity, must be finite");
    DataSets.check(infinite, network, new int[] {0}); // only the rows that are used
  }

  @Test
  void numbersOfAnEmbeddingAreWholeAndInItsVocabulary() throws IOException {
    NetworkSpec network =
        new NetworkSpec(
            List.of(2),
            List.of(new Embedding(9, 3, Initializer.ZEROS), new GlobalAveragePooling()),
            new Loss.MeanSquaredError());
    DataSet data = DataSet.of(2, new float[] {0, 8, 9, 0, 1.5f, 0, 0, -1}, 0, new float[0]);

    DataSets.checkFeatures(data, network, new int[] {0});
    assertThatThrownBy(() -> DataSets.checkFeatures(data, network, new int[] {0, 1}))
        .isInstanceOf(DataException.class)
        .hasMessage("data set: row 1: feature 0 is 9.0, must be a whole number in [0, 9)");
    assertThatThrownBy(() -> DataSets.checkFeatures(data, network, new int[] {2}))
        .hasMessage("data set: row 2: feature 0 is 1.5, must be a whole number in [0, 9)");
    assertThatThrownBy(() -> DataSets.checkFeatures(data, network, new int[] {3}))
        .hasMessage("data set: row 3: feature 1 is -1.0, must be a whole number in [0, 9)");
  }

  @Test
  void labelsOfYesAndNoAreZeroOrOne() throws IOException {
    NetworkSpec network = network(2, 1, new Loss.BinaryCrossEntropy());
    DataSets.check(data(0, 1, 1, 0), network, ALL);

    assertThatThrownBy(() -> DataSets.check(data(0, 2, 1, 0), network, ALL))
        .hasMessage("data set: row 1: label is 2.0, must be a whole number in [0, 2)");
  }

  @Test
  void dataTakeAsMuchMemoryAsTheirValues() throws IOException {
    assertThat(data(0, 0, 0, 0).bytes()).isEqualTo(4 * (8 + 4));
  }

  @Test
  void arraysThatDoNotMakeRowsAreRefused() {
    assertThatThrownBy(() -> DataSet.of(2, new float[3], 0, new float[0]))
        .hasMessage("3 features are not rows of 2, labels of 0");
    assertThatThrownBy(() -> DataSet.of(2, new float[4], 1, new float[3]))
        .hasMessage("3 labels for 2 rows, must be 1 each");
    assertThatThrownBy(() -> DataSet.of(2, new float[0], 0, new float[0]))
        .hasMessage("data set: has no rows, must have at least one");
  }

  @Test
  void normalizationMustFitTheColumns() throws IOException {
    DataSet data = data(0, 0, 0, 0);
    Normalization three = new Normalization(List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));

    assertThatThrownBy(() -> data.features(ALL, 0, 1, three, new float[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "data set: normalization has 3 columns, must have 1 or as many as an example, 2");
    assertThatThrownBy(() -> data.features(new int[] {4}, 0, 1, Normalization.NONE, new float[2]))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void everyFormOfNormalizationIsTheSameFormula() throws IOException {
    DataSet data = DataSet.of(2, new float[] {1, 2, 3, 4}, 0, new float[0]);
    float[] one = new float[4];
    float[] perColumn = new float[4];

    data.features(new int[] {0, 1}, 0, 2, new Normalization(List.of(1f), List.of(3f)), one);
    data.features(
        new int[] {0, 1}, 0, 2, new Normalization(List.of(1f, 1f), List.of(3f, 3f)), perColumn);

    assertThat(one).containsExactly(0, 1f / 3, 2f / 3, 1);
    assertThat(perColumn).containsExactly(one);
  }

  private Path file(String text) throws IOException {
    return Files.write(folder.resolve("data.csv"), text.getBytes(UTF_8));
  }

  private static DataSource.Csv csv(Path path) throws IOException {
    return new DataSource.Csv(DataSets.reference(path), List.of("x"), List.of("label"));
  }

  private static DataSource.Csv csv(URI uri) {
    return new DataSource.Csv(
        new Blob.Reference(uri, 1, "00000000"), List.of("x"), List.of("label"));
  }

  /** Four rows of two features. */
  private static DataSet data(float... labels) throws DataException {
    return DataSet.of(2, new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 1, labels);
  }

  private static NetworkSpec network(int inputs, int outputs, Loss loss) {
    return new NetworkSpec(
        List.of(inputs), List.of(new Dense(outputs, Activation.LINEAR, Initializer.ZEROS)), loss);
  }
}
