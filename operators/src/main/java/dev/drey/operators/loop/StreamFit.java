package dev.drey.operators.loop;

import dev.drey.core.network.NetworkSpec;
import dev.drey.operators.server.DriftRule;
import dev.drey.operators.stream.StreamSteps;

/** Whether a stream fits the loop that it is to feed. */
final class StreamFit {

  private StreamFit() {}

  /**
   * Checks it.
   *
   * @throws IllegalArgumentException if its examples are not as the network takes them, or if slots
   *     may be left out: what a stream has read cannot be offered again
   */
  static void check(Feed.Stream stream, Loop loop) {
    NetworkSpec network = loop.run().network();
    same("features", stream.encoder().features(), network.inputWidth());
    same("labels", stream.encoder().labels(), network.labelWidth());
    int mayMiss = Math.max(loop.coordination().mayMiss(), loop.server().mayMiss());
    if (mayMiss > 0) {
      throw new IllegalArgumentException(
          mayMiss + " slots of a step may be left out, of a stream none may: the quorum must be 1");
    }
    if (!stream.steps().evaluations().equals(loop.coordination().evaluations())) {
      throw new IllegalArgumentException(
          "the stream is evaluated as "
              + stream.steps().evaluations()
              + ", the coordinator expects "
              + loop.coordination().evaluations());
    }
    replay(stream.steps(), loop);
    if (loop.generation().number() > 0) {
      throw new IllegalArgumentException("a stream cannot change the structure of its tree");
    }
  }

  private static void replay(StreamSteps steps, Loop loop) {
    DriftRule drift = loop.server().rule().drift();
    if (drift == null || !(drift.reaction() instanceof DriftRule.Reaction.Replay)) {
      return;
    }
    if (steps.replaying() == null) {
      throw new IllegalArgumentException("a drift is to be replayed, and the stream keeps nothing");
    }
    int dealtAhead = LoopGraph.stepsAhead(loop.coordination().staleness()) - 1;
    if (drift.dealtAhead() < dealtAhead) {
      throw new IllegalArgumentException(
          "a replay begins "
              + drift.dealtAhead()
              + " steps after its drift, must be at least "
              + dealtAhead
              + ": those may be dealt out by then");
    }
  }

  private static void same(String what, int encoded, int taken) {
    if (encoded != taken) {
      throw new IllegalArgumentException(
          "the stream's examples have " + encoded + " " + what + ", the network takes " + taken);
    }
  }
}
