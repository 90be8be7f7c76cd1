package dev.drey.core.network;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;
import java.util.List;
import java.util.OptionalInt;

/**
 * The loss of one example, from the network's k outputs z and its target. A worker sums it over the
 * examples of a mini-batch; the mean is taken at the root of the aggregation tree alone.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
  @JsonSubTypes.Type(name = "softmax-cross-entropy", value = Loss.SoftmaxCrossEntropy.class),
  @JsonSubTypes.Type(name = "binary-cross-entropy", value = Loss.BinaryCrossEntropy.class),
  @JsonSubTypes.Type(name = "mean-squared-error", value = Loss.MeanSquaredError.class),
  @JsonSubTypes.Type(name = "half-squared-error", value = Loss.HalfSquaredError.class),
  @JsonSubTypes.Type(name = "huber", value = Loss.Huber.class)
})
public sealed interface Loss extends Serializable {

  /** What a network's outputs and labels mean under a loss. */
  enum Outputs {
    /** Logits of classes that exclude each other; the label is one class number in [0, outputs). */
    CLASSES,
    /** A logit for each yes-or-no question, above 0 for yes; a label per output, 0 or 1. */
    YES_OR_NO,
    /** Values of the same kind as the labels, one label per output. */
    VALUES
  }

  /** What the network's outputs and labels mean. */
  Outputs outputs();

  /** How many label values an example of a network with {@code outputs} outputs has. */
  default int labelWidth(int outputs) {
    return outputs() == Outputs.CLASSES ? 1 : outputs;
  }

  /**
   * How many classes there are, of which a label is one (a whole number below it); empty where
   * labels are numbers of any kind.
   */
  default OptionalInt classes(int outputs) {
    return switch (outputs()) {
      case CLASSES -> OptionalInt.of(outputs);
      case YES_OR_NO -> OptionalInt.of(2);
      case VALUES -> OptionalInt.empty();
    };
  }

  /** Whether an example is right or wrong, so that an accuracy can be counted. */
  default boolean classifies() {
    return outputs() != Outputs.VALUES;
  }

  /**
   * Whether the loss fits a network with so many outputs.
   *
   * @throws IllegalArgumentException if not
   */
  default void checkOutputs(int outputs) {}

  /** Calls the method of the visitor for this kind of loss. */
  <R> R accept(Visitor<R> visitor);

  /**
   * Handles every kind of loss, with a method for each: a class that lacks a kind does not compile.
   *
   * @param <R> what is made of a loss
   */
  interface Visitor<R> {

    R softmaxCrossEntropy(SoftmaxCrossEntropy loss);

    R binaryCrossEntropy(BinaryCrossEntropy loss);

    R meanSquaredError(MeanSquaredError loss);

    R halfSquaredError(HalfSquaredError loss);

    R huber(Huber loss);
  }

  /**
   * -w[t] sum_j q[j] log(softmax(z)[j]) with q[j] = (1 - smoothing) (1 if j = t) + smoothing / k,
   * for the class t; the label is one class number in [0, k). Szegedy et al. (2016), equation 3.
   *
   * @param labelSmoothing in [0, 1)
   * @param classWeights w, each at least 0 and finite, one per class; empty for ones
   */
  record SoftmaxCrossEntropy(
      @JsonProperty(value = "labelSmoothing", required = true) float labelSmoothing,
      @JsonProperty(value = "classWeights", required = true) List<Float> classWeights)
      implements Loss {

    private static final long serialVersionUID = 1L;

    /** Without smoothing or weights. */
    public SoftmaxCrossEntropy() {
      this(0, List.of());
    }

    public SoftmaxCrossEntropy {
      classWeights = List.copyOf(classWeights);
      if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
        throw new IllegalArgumentException(
            "label smoothing is " + labelSmoothing + ", must be in [0, 1)");
      }
      for (float weight : classWeights) {
        if (!(weight >= 0) || Float.isInfinite(weight)) {
          throw new IllegalArgumentException(
              "class weight is " + weight + ", must be at least 0 and finite");
        }
      }
    }

    @Override
    public Outputs outputs() {
      return Outputs.CLASSES;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.softmaxCrossEntropy(this);
    }

    @Override
    public void checkOutputs(int outputs) {
      if (!classWeights.isEmpty() && classWeights.size() != outputs) {
        throw new IllegalArgumentException(
            "softmax-cross-entropy has "
                + classWeights.size()
                + " class weights, the network has "
                + outputs
                + " outputs");
      }
    }
  }

  /**
   * sum_j log(1 + exp(z[j])) - y[j] z[j]; the label is k values, each 0 or 1. An example is right
   * if every z[j] is above 0 where y[j] is 1, and not where it is 0.
   */
  record BinaryCrossEntropy() implements Loss {

    private static final long serialVersionUID = 1L;

    @Override
    public Outputs outputs() {
      return Outputs.YES_OR_NO;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.binaryCrossEntropy(this);
    }
  }

  /** (1/k) sum_j (z[j] - y[j])^2; the label is k values. */
  record MeanSquaredError() implements Loss {
    private static final long serialVersionUID = 1L;

    @Override
    public Outputs outputs() {
      return Outputs.VALUES;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.meanSquaredError(this);
    }
  }

  /** (1/2) sum_j (z[j] - y[j])^2; the label is k values. Feng et al. (2018), case A. */
  record HalfSquaredError() implements Loss {
    private static final long serialVersionUID = 1L;

    @Override
    public Outputs outputs() {
      return Outputs.VALUES;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.halfSquaredError(this);
    }
  }

  /**
   * (1/k) sum_j of d^2 / 2 where d = |z[j] - y[j]| is at most delta, else delta (d - delta / 2);
   * the label is k values. Huber (1964), section 1.
   *
   * @param delta above 0 and finite
   */
  record Huber(@JsonProperty(value = "delta", required = true) float delta) implements Loss {

    private static final long serialVersionUID = 1L;

    public Huber {
      if (!(delta > 0) || Float.isInfinite(delta)) {
        throw new IllegalArgumentException("delta is " + delta + ", must be above 0 and finite");
      }
    }

    @Override
    public Outputs outputs() {
      return Outputs.VALUES;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.huber(this);
    }
  }
}
