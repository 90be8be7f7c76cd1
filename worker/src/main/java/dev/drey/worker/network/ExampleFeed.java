package dev.drey.worker.network;

/** Examples that a network asks for, chunk by chunk. Every value is finite. */
public interface ExampleFeed {

  /** How many examples there are. */
  int count();

  /** Writes the features of examples [from, from + count) to the start of target, in C order. */
  void features(int from, int count, float[] target);

  /** Writes the labels of examples [from, from + count) to the start of target, in C order. */
  void labels(int from, int count, float[] target);
}
