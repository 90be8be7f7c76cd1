package dev.drey.core.data;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a worker is asked for. */
public enum Task {
  /** The sum over the examples of the gradient of the loss, with the loss itself. */
  @JsonProperty("gradient")
  GRADIENT,
  /** Loss and accuracy alone, on held-out examples. */
  @JsonProperty("evaluation")
  EVALUATION,
  /** The network's outputs, [examples, outputs]; no labels are read. */
  @JsonProperty("prediction")
  PREDICTION
}
