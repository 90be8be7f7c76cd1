package dev.drey.core.network;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The loss of one example, from the network's k outputs z and its target. A worker sums it over the
 * examples of a mini-batch; nobody but the root of the aggregation tree takes a mean.
 */
public enum Loss {
  /** -log(exp(z[t]) / sum_j exp(z[j])) of the class t; the label is one class number in [0, k). */
  @JsonProperty("softmax-cross-entropy")
  SOFTMAX_CROSS_ENTROPY,
  /** (1/k) sum_j (z[j] - y[j])^2; the label is k values. */
  @JsonProperty("mean-squared-error")
  MEAN_SQUARED_ERROR,
  /** (1/2) sum_j (z[j] - y[j])^2; the label is k values. Feng et al. (2018), case A. */
  @JsonProperty("half-squared-error")
  HALF_SQUARED_ERROR;

  /** Whether the label is a class number, so that an accuracy can be counted. */
  public boolean classifies() {
    return this == SOFTMAX_CROSS_ENTROPY;
  }

  /** How many label values an example of a network with {@code outputs} outputs has. */
  public int labelWidth(int outputs) {
    return classifies() ? 1 : outputs;
  }
}
