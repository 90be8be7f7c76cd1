package dev.drey.operators.server;

import dev.drey.core.aggregation.Dropped;

/** Where the records go that the parameter server emits. */
interface ServerOutput {

  void report(StepReport report);

  void drift(DriftReport drift);

  void deadLetter(Dropped dropped);

  void version(VersionShard shard);
}
