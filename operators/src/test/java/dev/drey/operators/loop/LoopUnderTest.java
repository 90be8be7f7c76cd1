package dev.drey.operators.loop;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.worker.GradientWorker;

/** A run that a test makes a job of. */
interface LoopUnderTest {

  /** Of the test, which names its store and its worker's orders. */
  String id();

  Structure structure();

  /** Where gradients come from. */
  GradientWorker.Provider workers();

  Loop loop(Generation generation, Loop.Workforce workforce);
}
