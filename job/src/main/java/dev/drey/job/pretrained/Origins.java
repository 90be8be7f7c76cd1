package dev.drey.job.pretrained;

import dev.drey.core.network.NetworkSpec;
import dev.drey.core.network.TensorSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The arrays of a file, matched to the tensors of a network.
 *
 * @param tensors one per tensor of the network, in its order
 * @param left what else the file has: arrays or layers by name
 */
record Origins(List<Origin> tensors, List<String> left) {

  /** More lines would not be read, and are mostly the same mistake. */
  private static final int MOST_PROBLEMS = 20;

  Origins {
    tensors = List.copyOf(tensors);
    left = List.copyOf(left);
  }

  /**
   * Reads all values into a flat vector, which the caller owns. Nothing is read unless all shapes
   * fit.
   *
   * @throws MisfitException with every tensor that is missing, or of another shape
   * @throws IOException if a value cannot be read, or is not finite
   */
  float[] read(NetworkSpec network) throws IOException {
    List<String> problems = new ArrayList<>();
    for (Origin origin : tensors) {
      check(origin, problems);
    }
    if (!left.isEmpty()) {
      problems.add("the network has no place for " + String.join(", ", shortened(left)));
    }
    if (!problems.isEmpty()) {
      throw new MisfitException(shortened(problems));
    }
    float[] parameters = new float[network.parameterCount()];
    for (Origin origin : tensors) {
      TensorSpec tensor = origin.tensor();
      float[] values = origin.source().orElseThrow().values().read();
      checkFinite(tensor, values);
      System.arraycopy(values, 0, parameters, tensor.range().from(), tensor.range().length());
    }
    return parameters;
  }

  private static void check(Origin origin, List<String> problems) {
    TensorSpec tensor = origin.tensor();
    if (origin.source().isEmpty()) {
      problems.add(
          "tensor "
              + tensor.name()
              + " of shape "
              + tensor.shape()
              + " is missing: "
              + origin.place());
    } else if (!origin.source().get().shape().equals(tensor.shape())) {
      StoredArray source = origin.source().get();
      problems.add(
          "tensor "
              + tensor.name()
              + " would get shape "
              + source.shape()
              + " from "
              + source.name()
              + ", must be "
              + tensor.shape());
    }
  }

  private static void checkFinite(TensorSpec tensor, float[] values) throws IOException {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IOException(
            "value %d of tensor %s is %s, must be finite".formatted(i, tensor.name(), values[i]));
      }
    }
  }

  private static List<String> shortened(List<String> texts) {
    if (texts.size() <= MOST_PROBLEMS) {
      return texts;
    }
    List<String> first = new ArrayList<>(texts.subList(0, MOST_PROBLEMS));
    first.add("and " + (texts.size() - MOST_PROBLEMS) + " more");
    return first;
  }
}
