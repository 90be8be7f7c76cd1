package dev.drey.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Initializer;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionTableTest {

  private final StringWriter text = new StringWriter();

  @Test
  void theClassIsTheLargestOutput() throws IOException {
    table(2, new Loss.SoftmaxCrossEntropy()).take(7, new float[] {9, 9, 1, 2}, 2);

    assertThat(text).hasToString("row,class,output0,output1\n7,1,1.0,2.0\n");
  }

  @Test
  void outputsOfYesAndNoAreDecidedEachForItself() throws IOException {
    table(3, new Loss.BinaryCrossEntropy()).take(0, new float[] {0.5f, 0, -3}, 0);

    assertThat(text)
        .hasToString("row,class0,class1,class2,output0,output1,output2\n0,1,0,0,0.5,0.0,-3.0\n");
  }

  @Test
  void aSingleYesOrNoIsTheClass() throws IOException {
    table(1, new Loss.BinaryCrossEntropy()).take(0, new float[] {0.5f}, 0);

    assertThat(text).hasToString("row,class,output0\n0,1,0.5\n");
  }

  @Test
  void numbersAreNotDecided() throws IOException {
    table(1, new Loss.Huber(1)).take(0, new float[] {0.5f}, 0);

    assertThat(text).hasToString("row,output0\n0,0.5\n");
  }

  private PredictionTable table(int outputs, Loss loss) throws IOException {
    return new PredictionTable(
        text,
        new NetworkSpec(
            List.of(1), List.of(new Dense(outputs, Activation.LINEAR, Initializer.ZEROS)), loss));
  }
}
