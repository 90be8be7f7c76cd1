package dev.drey.operators.server;

import dev.drey.core.aggregation.Dropped;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Step reports to the operator's output, everything else to side outputs.
 *
 * @param output of the operator
 */
record SideOutputs(Output<StreamRecord<StepReport>> output) implements ServerOutput {

  @Override
  public void report(StepReport report) {
    output.collect(new StreamRecord<>(report));
  }

  @Override
  public void drift(DriftReport drift) {
    output.collect(ParameterServerOperator.DRIFTS, new StreamRecord<>(drift));
  }

  @Override
  public void deadLetter(Dropped dropped) {
    output.collect(ParameterServerOperator.DEAD_LETTERS, new StreamRecord<>(dropped));
  }

  @Override
  public void version(VersionShard shard) {
    output.collect(ParameterServerOperator.VERSIONS, new StreamRecord<>(shard));
  }

  void lag(LagReport report) {
    output.collect(ParameterServerOperator.LAGS, new StreamRecord<>(report));
  }

  void model(ModelShard shard) {
    output.collect(ParameterServerOperator.MODEL, new StreamRecord<>(shard));
  }
}
