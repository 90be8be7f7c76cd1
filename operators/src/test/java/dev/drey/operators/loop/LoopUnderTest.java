package dev.drey.operators.loop;

import dev.drey.core.aggregation.Structure;

/** A run that a test makes a job of. */
interface LoopUnderTest {

  /** Of the test, which names its store and its worker's orders. */
  String id();

  Structure structure();

  Loop loop(Generation generation, Loop.Workforce workforce);
}
