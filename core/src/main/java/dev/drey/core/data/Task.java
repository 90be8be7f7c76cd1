package dev.drey.core.data;

/**
 * What a {@link MiniBatch} of a savepoint of Drey's first format is for. Flink reads the constants
 * by their names, all three.
 */
public enum Task {
  GRADIENT,
  EVALUATION,
  PREDICTION
}
