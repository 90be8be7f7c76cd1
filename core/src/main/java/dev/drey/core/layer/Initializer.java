package dev.drey.core.layer;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.random.RandomGenerator;

/** How the weights of a layer are initialized; biases start at zero. */
public enum Initializer implements InitialValues {
  /** Uniform in +-sqrt(6 / (fanIn + fanOut)). Glorot and Bengio (2010), equation 16. */
  @JsonProperty("glorot-uniform")
  GLOROT_UNIFORM {
    @Override
    public float draw(RandomGenerator random, Fans fans, int index) {
      double limit = Math.sqrt(6.0 / (fans.in() + fans.out()));
      return (float) ((2 * random.nextDouble() - 1) * limit);
    }
  },
  /** Normal with deviation sqrt(2 / (fanIn + fanOut)). Glorot and Bengio (2010), equation 12. */
  @JsonProperty("glorot-normal")
  GLOROT_NORMAL {
    @Override
    public float draw(RandomGenerator random, Fans fans, int index) {
      return (float) (random.nextGaussian() * Math.sqrt(2.0 / (fans.in() + fans.out())));
    }
  },
  /** Uniform in +-sqrt(6 / fanIn): the variance of He et al. (2015), equation 10. */
  @JsonProperty("he-uniform")
  HE_UNIFORM {
    @Override
    public float draw(RandomGenerator random, Fans fans, int index) {
      return (float) ((2 * random.nextDouble() - 1) * Math.sqrt(6.0 / fans.in()));
    }
  },
  /** Normal with deviation sqrt(2 / fanIn). He et al. (2015), equation 10. */
  @JsonProperty("he-normal")
  HE_NORMAL {
    @Override
    public float draw(RandomGenerator random, Fans fans, int index) {
      return (float) (random.nextGaussian() * Math.sqrt(2.0 / fans.in()));
    }
  },
  /** Normal with deviation 0.05. */
  @JsonProperty("normal")
  NORMAL {
    @Override
    public float draw(RandomGenerator random, Fans fans, int index) {
      return (float) (random.nextGaussian() * 0.05);
    }
  },
  /** All zeros. */
  @JsonProperty("zeros")
  ZEROS {
    @Override
    public float draw(RandomGenerator random, Fans fans, int index) {
      return 0;
    }
  },
  /** All ones. */
  @JsonProperty("ones")
  ONES {
    @Override
    public float draw(RandomGenerator random, Fans fans, int index) {
      return 1;
    }
  }
}
