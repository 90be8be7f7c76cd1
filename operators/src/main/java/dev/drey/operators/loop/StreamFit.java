package dev.drey.operators.loop;

import dev.drey.core.network.NetworkSpec;

/** Checks that a stream fits the loop that trains on it. */
final class StreamFit {

  private StreamFit() {}

  /**
   * Checks it.
   *
   * @throws IllegalArgumentException if its examples have another width than the network, or if
   *     slots may be left out, since records of a stream are not retried
   */
  static void check(Feed.Stream stream, Loop loop) {
    NetworkSpec network = loop.run().network();
    same("features", stream.encoder().features(), network.inputWidth());
    same("labels", stream.encoder().labels(), network.labelWidth());
    int missing = loop.policy().tolerance().missingSlots();
    if (missing > 0) {
      throw new IllegalArgumentException(
          missing + " slots of a step may be left out, of a stream none may: the quorum must be 1");
    }
    if (loop.generation().number() > 0) {
      throw new IllegalArgumentException("a stream cannot change the structure of its tree");
    }
  }

  private static void same(String what, int encoded, int taken) {
    if (encoded != taken) {
      throw new IllegalArgumentException(
          "the stream's examples have " + encoded + " " + what + ", the network takes " + taken);
    }
  }
}
