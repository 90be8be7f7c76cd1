package dev.drey.core.layer;

import dev.drey.core.layer.InitialValues.Fans;
import java.util.List;

/** An array of a layer's parameters, before it has a place in the flat vector. */
public sealed interface Tensor {

  /** What it is in its layer: {@code kernel}. */
  String role();

  /** Each dimension at least 1. */
  List<Integer> shape();

  /** How its values are initialized. */
  InitialValues start();

  /** What the initialization scales by. */
  Fans fans();

  /** How many values it has; may exceed what a network can have. */
  default long size() {
    return Shapes.size(shape());
  }

  /** Parameters that the optimizer changes. */
  record Trained(String role, List<Integer> shape, InitialValues start, Fans fans)
      implements Tensor {

    public Trained {
      shape = List.copyOf(shape);
    }

    /** For an initialization that does not depend on the fans. */
    Trained(String role, List<Integer> shape, InitialValues start) {
      this(role, shape, start, new Fans(1, 1));
    }
  }

  /**
   * Statistics that are measured over the examples and averaged: p = momentum p + (1 - momentum) x,
   * with x the mean over a step's examples. No optimizer changes them.
   *
   * @param momentum in [0, 1)
   */
  record Statistic(String role, List<Integer> shape, InitialValues start, float momentum)
      implements Tensor {

    public Statistic {
      shape = List.copyOf(shape);
      if (!(momentum >= 0 && momentum < 1)) {
        throw new IllegalArgumentException("momentum is " + momentum + ", must be in [0, 1)");
      }
    }

    @Override
    public Fans fans() {
      return new Fans(1, 1);
    }
  }
}
