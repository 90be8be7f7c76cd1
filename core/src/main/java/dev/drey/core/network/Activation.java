package dev.drey.core.network;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The elementwise function at the end of a layer. */
public enum Activation {
  /** y = x. */
  @JsonProperty("linear")
  LINEAR,
  /** y = max(x, 0); its derivative at 0 is 0. */
  @JsonProperty("relu")
  RELU,
  /** y = tanh x. */
  @JsonProperty("tanh")
  TANH,
  /** y = 1 / (1 + exp(-x)). */
  @JsonProperty("sigmoid")
  SIGMOID
}
