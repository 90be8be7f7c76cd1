package dev.drey.operators.server;

import dev.drey.core.aggregation.Dropped;
import java.util.ArrayList;
import java.util.List;

/** Keeps what is emitted. */
final class TestingOutput implements ServerOutput {

  final List<StepReport> reports = new ArrayList<>();
  final List<DriftReport> drifts = new ArrayList<>();
  final List<Dropped> deadLetters = new ArrayList<>();
  final List<VersionShard> versions = new ArrayList<>();

  @Override
  public void report(StepReport report) {
    reports.add(report);
  }

  @Override
  public void drift(DriftReport drift) {
    drifts.add(drift);
  }

  @Override
  public void deadLetter(Dropped dropped) {
    deadLetters.add(dropped);
  }

  @Override
  public void version(VersionShard shard) {
    versions.add(shard);
  }
}
