package dev.drey.core.optimizer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.drey.core.parameters.Range;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How a mean gradient g changes parameters p: {@code adam: {beta1: 0.9}}. Works on any range of the
 * flat vector by itself, in one pass over memory. Same arithmetic as torch.optim. Immutable; the
 * state vectors are the caller's and start at zero.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
  @JsonSubTypes.Type(name = "sgd", value = Optimizer.Sgd.class),
  @JsonSubTypes.Type(name = "momentum", value = Optimizer.Momentum.class),
  @JsonSubTypes.Type(name = "nesterov", value = Optimizer.Nesterov.class),
  @JsonSubTypes.Type(name = "adam", value = Optimizer.Adam.class),
  @JsonSubTypes.Type(name = "adamw", value = Optimizer.AdamW.class)
})
public sealed interface Optimizer extends Serializable {

  /** State vectors, each as long as the parameters. */
  int moments();

  /** As specifications and saved states write it: {@code adam}. */
  default String name() {
    for (JsonSubTypes.Type type : Optimizer.class.getAnnotation(JsonSubTypes.class).value()) {
      if (type.value() == getClass()) {
        return type.name();
      }
    }
    throw new IllegalStateException(getClass() + " has no name");
  }

  /**
   * Applies one step with g = scale {@code gradientSum} + l2 p.
   *
   * @param parameters changed in place
   * @param gradientSum one value per parameter; only read
   * @param moments {@link #moments} vectors as the step before left them, changed in place
   * @param range of the indices that are worked on; what lies outside is neither read nor changed
   * @throws IllegalArgumentException if the vectors differ in length or number, or the range is not
   *     within them
   */
  void apply(
      float[] parameters, float[] gradientSum, float[][] moments, Range range, Update update);

  /**
   * What is particular to a step.
   *
   * @param scale 1 / examples makes the mean of the sum; a clipping factor goes in here as well
   * @param step 1 for the first step
   * @param rate the step's learning rate
   * @param l2 weight of the penalty l2 p^2 / 2 on every parameter; torch.optim's weight_decay,
   *     which clipping does not see
   */
  record Update(float scale, long step, float rate, float l2) {

    public Update {
      if (step < 1) {
        throw new IllegalArgumentException("step is " + step + ", must be at least 1");
      }
      if (!(l2 >= 0) || Float.isInfinite(l2)) {
        throw new IllegalArgumentException("l2 is " + l2 + ", must be at least 0 and finite");
      }
    }
  }

  /** p -= rate g. Robbins and Monro (1951). */
  record Sgd() implements Optimizer {

    @Override
    public int moments() {
      return 0;
    }

    @Override
    public void apply(
        float[] parameters, float[] gradientSum, float[][] moments, Range range, Update update) {
      Vectors.check(this, parameters, gradientSum, moments, range);
      float scale = update.scale;
      float rate = update.rate;
      float l2 = update.l2;
      for (int i = range.from(); i < range.to(); i++) {
        float p = parameters[i];
        parameters[i] = p - rate * (gradientSum[i] * scale + l2 * p);
      }
    }
  }

  /**
   * b = momentum b + g; p -= rate b. Polyak (1964).
   *
   * @param momentum in [0, 1)
   */
  record Momentum(float momentum) implements Optimizer {

    public static final Momentum DEFAULT = new Momentum(0.9f);

    public Momentum {
      Vectors.checkShare("momentum", momentum);
    }

    @JsonCreator
    static Momentum of(@JsonProperty("momentum") @Nullable Float momentum) {
      return momentum == null ? DEFAULT : new Momentum(momentum);
    }

    @Override
    public int moments() {
      return 1;
    }

    @Override
    public void apply(
        float[] parameters, float[] gradientSum, float[][] moments, Range range, Update update) {
      Vectors.check(this, parameters, gradientSum, moments, range);
      float scale = update.scale;
      float rate = update.rate;
      float l2 = update.l2;
      float mu = momentum;
      float[] velocity = moments[0];
      for (int i = range.from(); i < range.to(); i++) {
        float p = parameters[i];
        float b = mu * velocity[i] + (gradientSum[i] * scale + l2 * p);
        velocity[i] = b;
        parameters[i] = p - rate * b;
      }
    }
  }

  /**
   * b = momentum b + g; p -= rate (g + momentum b). Nesterov (1983), as Sutskever et al. (2013)
   * write it.
   *
   * @param momentum in (0, 1)
   */
  record Nesterov(float momentum) implements Optimizer {

    public static final Nesterov DEFAULT = new Nesterov(0.9f);

    public Nesterov {
      Vectors.checkShare("momentum", momentum);
      if (momentum == 0) {
        throw new IllegalArgumentException("nesterov: momentum is 0, must be in (0, 1)");
      }
    }

    @JsonCreator
    static Nesterov of(@JsonProperty("momentum") @Nullable Float momentum) {
      return momentum == null ? DEFAULT : new Nesterov(momentum);
    }

    @Override
    public int moments() {
      return 1;
    }

    @Override
    public void apply(
        float[] parameters, float[] gradientSum, float[][] moments, Range range, Update update) {
      Vectors.check(this, parameters, gradientSum, moments, range);
      float scale = update.scale;
      float rate = update.rate;
      float l2 = update.l2;
      float mu = momentum;
      float[] velocity = moments[0];
      for (int i = range.from(); i < range.to(); i++) {
        float p = parameters[i];
        float g = gradientSum[i] * scale + l2 * p;
        float b = mu * velocity[i] + g;
        velocity[i] = b;
        parameters[i] = p - rate * (g + mu * b);
      }
    }
  }

  /**
   * m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2; p -= rate mhat / (sqrt(vhat) +
   * epsilon), with mhat = m / (1 - beta1^step) and vhat = v / (1 - beta2^step). Kingma and Ba
   * (2015), algorithm 1. moments[0] is m, moments[1] is v.
   *
   * @param beta1 in [0, 1)
   * @param beta2 in [0, 1)
   * @param epsilon above 0
   */
  record Adam(float beta1, float beta2, float epsilon) implements Optimizer {

    public static final Adam DEFAULT = new Adam(0.9f, 0.999f, 1e-8f);

    public Adam {
      Vectors.checkShare("beta1", beta1);
      Vectors.checkShare("beta2", beta2);
      Vectors.checkPositive("epsilon", epsilon);
    }

    @JsonCreator
    static Adam of(
        @JsonProperty("beta1") @Nullable Float beta1,
        @JsonProperty("beta2") @Nullable Float beta2,
        @JsonProperty("epsilon") @Nullable Float epsilon) {
      return new Adam(
          beta1 == null ? DEFAULT.beta1 : beta1,
          beta2 == null ? DEFAULT.beta2 : beta2,
          epsilon == null ? DEFAULT.epsilon : epsilon);
    }

    @Override
    public int moments() {
      return 2;
    }

    @Override
    public void apply(
        float[] parameters, float[] gradientSum, float[][] moments, Range range, Update update) {
      Vectors.check(this, parameters, gradientSum, moments, range);
      apply(parameters, gradientSum, moments, range, update, 1);
    }

    /**
     * @param keep what every parameter is multiplied by first
     */
    private void apply(
        float[] parameters,
        float[] gradientSum,
        float[][] moments,
        Range range,
        Update update,
        float keep) {
      float scale = update.scale;
      float l2 = update.l2;
      float b1 = beta1;
      float b2 = beta2;
      float c1 = (float) (1 - (double) beta1);
      float c2 = (float) (1 - (double) beta2);
      float eps = epsilon;
      float size = (float) (update.rate / (1 - Math.pow(beta1, (double) update.step)));
      float root = (float) (1 / Math.sqrt(1 - Math.pow(beta2, (double) update.step)));
      float[] first = moments[0];
      float[] second = moments[1];
      for (int i = range.from(); i < range.to(); i++) {
        float p = parameters[i];
        float g = gradientSum[i] * scale + l2 * p;
        float m = b1 * first[i] + c1 * g;
        float v = b2 * second[i] + c2 * (g * g);
        first[i] = m;
        second[i] = v;
        parameters[i] = keep * p - size * m / ((float) Math.sqrt(v) * root + eps);
      }
    }
  }

  /**
   * Adam after p *= 1 - rate weightDecay. Loshchilov and Hutter (2019), algorithm 2.
   *
   * @param beta1 in [0, 1)
   * @param beta2 in [0, 1)
   * @param epsilon above 0
   * @param weightDecay at least 0
   */
  record AdamW(
      float beta1, float beta2, float epsilon, @JsonProperty("weight-decay") float weightDecay)
      implements Optimizer {

    public static final AdamW DEFAULT =
        new AdamW(Adam.DEFAULT.beta1, Adam.DEFAULT.beta2, Adam.DEFAULT.epsilon, 0.01f);

    public AdamW {
      Vectors.checkShare("beta1", beta1);
      Vectors.checkShare("beta2", beta2);
      Vectors.checkPositive("epsilon", epsilon);
      if (!(weightDecay >= 0) || Float.isInfinite(weightDecay)) {
        throw new IllegalArgumentException(
            "weight-decay is " + weightDecay + ", must be at least 0 and finite");
      }
    }

    @JsonCreator
    static AdamW of(
        @JsonProperty("beta1") @Nullable Float beta1,
        @JsonProperty("beta2") @Nullable Float beta2,
        @JsonProperty("epsilon") @Nullable Float epsilon,
        @JsonProperty("weight-decay") @Nullable Float weightDecay) {
      return new AdamW(
          beta1 == null ? DEFAULT.beta1 : beta1,
          beta2 == null ? DEFAULT.beta2 : beta2,
          epsilon == null ? DEFAULT.epsilon : epsilon,
          weightDecay == null ? DEFAULT.weightDecay : weightDecay);
    }

    @Override
    public int moments() {
      return 2;
    }

    @Override
    public void apply(
        float[] parameters, float[] gradientSum, float[][] moments, Range range, Update update) {
      Vectors.check(this, parameters, gradientSum, moments, range);
      float keep = (float) (1 - (double) update.rate * weightDecay);
      new Adam(beta1, beta2, epsilon).apply(parameters, gradientSum, moments, range, update, keep);
    }
  }
}
