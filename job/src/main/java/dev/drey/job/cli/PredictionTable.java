package dev.drey.job.cli;

import dev.drey.job.model.Predictor;
import java.io.IOException;
import java.io.Writer;

/** Predictions as comma-separated values: the row, the class if there are classes, the outputs. */
final class PredictionTable implements Predictor.Outputs {

  private final Writer writer;
  private final int outputs;
  private final boolean classifies;

  /** Writes the header. The writer stays the caller's to close. */
  PredictionTable(Writer writer, int outputs, boolean classifies) throws IOException {
    this.writer = writer;
    this.outputs = outputs;
    this.classifies = classifies;
    StringBuilder header = new StringBuilder(classifies ? "row,class" : "row");
    for (int i = 0; i < outputs; i++) {
      header.append(",output").append(i);
    }
    writer.write(header.append('\n').toString());
  }

  @Override
  public void take(int row, float[] values, int from) throws IOException {
    StringBuilder line = new StringBuilder().append(row);
    if (classifies) {
      line.append(',').append(largest(values, from));
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
