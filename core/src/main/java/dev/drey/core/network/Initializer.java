package dev.drey.core.network;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.random.RandomGenerator;

/** How the weights of a tensor start; biases start at zero. */
public enum Initializer {
  /** Uniform in +-sqrt(6 / (fanIn + fanOut)). Glorot and Bengio (2010), equation 16. */
  @JsonProperty("glorot-uniform")
  GLOROT_UNIFORM {
    @Override
    float draw(RandomGenerator random, int fanIn, int fanOut) {
      double limit = Math.sqrt(6.0 / (fanIn + fanOut));
      return (float) ((2 * random.nextDouble() - 1) * limit);
    }
  },
  /** Normal with deviation sqrt(2 / fanIn). He et al. (2015), equation 10. */
  @JsonProperty("he-normal")
  HE_NORMAL {
    @Override
    float draw(RandomGenerator random, int fanIn, int fanOut) {
      return (float) (random.nextGaussian() * Math.sqrt(2.0 / fanIn));
    }
  },
  /** All zeros. */
  @JsonProperty("zeros")
  ZEROS {
    @Override
    float draw(RandomGenerator random, int fanIn, int fanOut) {
      return 0;
    }
  };

  abstract float draw(RandomGenerator random, int fanIn, int fanOut);
}
