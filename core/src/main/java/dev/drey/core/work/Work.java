package dev.drey.core.work;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What a worker computes on the examples of one request, with what that kind of work needs to know.
 *
 * <p>To add a kind: a record here, its {@link Kind}, and a method of {@link Cases}. The compiler
 * then names every place that has to treat it. No state holds a work: a slot in flight holds the
 * {@link Round} that it belongs to, and the run says which work the rounds of a kind are.
 */
public sealed interface Work {

  /** The sum over the examples of the gradient of the loss, with the loss itself. */
  record Gradient() implements Work {

    @Override
    public Kind kind() {
      return Kind.GRADIENT;
    }

    @Override
    public boolean readsLabels() {
      return true;
    }

    @Override
    public <R, E extends Exception> R match(Cases<R, E> cases) throws E {
      return cases.gradient(this);
    }
  }

  /** Loss and accuracy alone, on held-out examples. */
  record Evaluation() implements Work {

    @Override
    public Kind kind() {
      return Kind.EVALUATION;
    }

    @Override
    public boolean readsLabels() {
      return true;
    }

    @Override
    public <R, E extends Exception> R match(Cases<R, E> cases) throws E {
      return cases.evaluation(this);
    }
  }

  /** The network's outputs, [examples, outputs]. */
  record Prediction() implements Work {

    @Override
    public Kind kind() {
      return Kind.PREDICTION;
    }

    @Override
    public boolean readsLabels() {
      return false;
    }

    @Override
    public <R, E extends Exception> R match(Cases<R, E> cases) throws E {
      return cases.prediction(this);
    }
  }

  /** Which work it is, without its parameters. */
  enum Kind {
    GRADIENT("gradient"),
    EVALUATION("evaluation"),
    PREDICTION("prediction");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** Its name in messages to workers, in file names and in error texts. */
    @JsonValue
    public String word() {
      return word;
    }
  }

  Kind kind();

  /** Whether the labels of the examples are needed. */
  boolean readsLabels();

  /** Calls the case of this kind. */
  <R, E extends Exception> R match(Cases<R, E> cases) throws E;

  /**
   * What is done for each kind: code that treats kinds differently implements this.
   *
   * @param <R> what comes of it
   * @param <E> what it may throw
   */
  interface Cases<R, E extends Exception> {

    R gradient(Gradient work) throws E;

    R evaluation(Evaluation work) throws E;

    R prediction(Prediction work) throws E;
  }
}
