package dev.drey.core.layer;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The function at the end of a layer. */
public enum Activation {
  /** y = x. */
  @JsonProperty("linear")
  LINEAR,
  /** y = max(x, 0); its derivative at 0 is 0. */
  @JsonProperty("relu")
  RELU,
  /** y = x where x > 0, else 0.01 x; its derivative at 0 is 0.01. Maas et al. (2013). */
  @JsonProperty("leaky-relu")
  LEAKY_RELU,
  /** y = x (1 + erf(x / sqrt 2)) / 2. Hendrycks and Gimpel (2016). */
  @JsonProperty("gelu")
  GELU,
  /** y = tanh x. */
  @JsonProperty("tanh")
  TANH,
  /** y = 1 / (1 + exp(-x)). */
  @JsonProperty("sigmoid")
  SIGMOID,
  /** y[j] = exp(x[j]) / sum_i exp(x[i]) over the last dimension. */
  @JsonProperty("softmax")
  SOFTMAX
}
