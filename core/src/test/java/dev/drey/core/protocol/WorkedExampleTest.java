package dev.drey.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drey.core.data.DataSet;
import dev.drey.core.data.DataSets;
import dev.drey.core.data.DataSource;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The numbers of the page's worked example are right: recomputed in double precision. */
class WorkedExampleTest {

  private static final int OUTPUTS = 3;

  private final double[] gradient = new double[15];
  private double lossSum;
  private int correct;

  @Test
  void theGradientOfTheExampleIsTheOneItShows() throws Exception {
    URL file = WorkedExampleTest.class.getResource("/protocol/flowers.csv");
    DataSource.Csv source = (DataSource.Csv) ExampleMessages.FLOWER_DATA;
    DataSet data =
        DataSets.read(
            new DataSource.Csv(
                DataSets.reference(Path.of(file.toURI())), source.features(), source.labels()));
    DataSets.check(data, ExampleMessages.FLOWERS, ExampleMessages.FLOWER_ROWS);
    float[] features = new float[6];
    float[] labels = new float[3];
    data.features(
        ExampleMessages.FLOWER_ROWS, 0, 3, ExampleMessages.FLOWER_NORMALIZATION, features);
    data.labels(ExampleMessages.FLOWER_ROWS, 0, 3, labels);

    for (int i = 0; i < 3; i++) {
      backpropagate(features[2 * i], features[2 * i + 1], (int) labels[i]);
    }

    // The features are floats, relative error 2^-24 each; the few products keep it under 1e-6.
    assertThat(lossSum).isCloseTo(ExampleMessages.FLOWER_LOSS, within(1e-6));
    assertThat(correct).isEqualTo(2);
    for (int i = 0; i < gradient.length; i++) {
      assertThat(gradient[i]).isCloseTo(ExampleMessages.FLOWER_GRADIENT[i], within(1e-6));
    }
  }

  @Test
  void theExampleFileIsTheOneItRefersTo() throws Exception {
    URL file = WorkedExampleTest.class.getResource("/protocol/flowers.csv");

    assertThat(List.of(DataSets.reference(Path.of(file.toURI()))))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("uri")
        .isEqualTo(ExampleMessages.FLOWER_DATA.objects());
  }

  private void backpropagate(double x0, double x1, int label) {
    float[] w = ExampleMessages.FLOWER_WEIGHTS;
    double[] h = new double[2];
    for (int j = 0; j < 2; j++) {
      h[j] = Math.tanh(x0 * w[j] + x1 * w[2 + j] + w[4 + j]);
    }
    double[] z = new double[OUTPUTS];
    double sum = 0;
    int best = 0;
    for (int k = 0; k < OUTPUTS; k++) {
      z[k] = h[0] * w[6 + k] + h[1] * w[9 + k] + w[12 + k];
      sum += Math.exp(z[k]);
      best = z[k] > z[best] ? k : best;
    }
    lossSum -= z[label] - Math.log(sum);
    correct += best == label ? 1 : 0;
    double[] dh = new double[2];
    for (int k = 0; k < OUTPUTS; k++) {
      double dz = Math.exp(z[k]) / sum - (k == label ? 1 : 0);
      gradient[12 + k] += dz;
      for (int j = 0; j < 2; j++) {
        gradient[6 + 3 * j + k] += h[j] * dz;
        dh[j] += w[6 + 3 * j + k] * dz;
      }
    }
    for (int j = 0; j < 2; j++) {
      double da = dh[j] * (1 - h[j] * h[j]);
      gradient[j] += x0 * da;
      gradient[2 + j] += x1 * da;
      gradient[4 + j] += da;
    }
  }
}
