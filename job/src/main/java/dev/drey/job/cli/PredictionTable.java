package dev.drey.job.cli;

import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import dev.drey.job.model.Predictor;
import java.io.IOException;
import java.io.Writer;

/**
 * Predictions as comma-separated values: the row, the decision, the outputs. The decision is one
 * class if classes exclude each other, and 0 or 1 for each output of a binary loss.
 */
final class PredictionTable implements Predictor.Outputs {

  private final Writer writer;
  private final int outputs;
  private final boolean yesOrNo;
  private final int decisions;

  /** Writes the header. The caller closes the writer. */
  PredictionTable(Writer writer, NetworkSpec network) throws IOException {
    this.writer = writer;
    this.outputs = network.outputWidth();
    this.yesOrNo = network.loss().outputs() == Loss.Outputs.YES_OR_NO;
    this.decisions =
        switch (network.loss().outputs()) {
          case CLASSES -> 1;
          case YES_OR_NO -> outputs;
          case VALUES -> 0;
        };
    StringBuilder header = new StringBuilder("row");
    for (int i = 0; i < decisions; i++) {
      header.append(decisions == 1 ? ",class" : ",class" + i);
    }
    for (int i = 0; i < outputs; i++) {
      header.append(",output").append(i);
    }
    writer.write(header.append('\n').toString());
  }

  @Override
  public void take(int row, float[] values, int from) throws IOException {
    StringBuilder line = new StringBuilder().append(row);
    for (int i = 0; i < decisions; i++) {
      line.append(',').append(yesOrNo ? (values[from + i] > 0 ? 1 : 0) : largest(values, from));
    }
    for (int i = 0; i < outputs; i++) {
      line.append(',').append(values[from + i]);
    }
    writer.write(line.append('\n').toString());
  }

  /** The first of the largest outputs: the class that a worker counts as the answer. */
  private int largest(float[] values, int from) {
    int best = 0;
    for (int i = 1; i < outputs; i++) {
      if (values[from + i] > values[from + best]) {
        best = i;
      }
    }
    return best;
  }
}
