package dev.drey.job.run;

import dev.drey.operators.loop.Generation;
import java.util.OptionalDouble;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;

/**
 * The state and structure that one Flink job of a run starts with.
 *
 * @param generation of the aggregation tree
 * @param stepSeconds predicted duration of a step, if known
 * @param from the checkpoint or savepoint to restore, or none
 */
record JobStart(Generation generation, OptionalDouble stepSeconds, SavepointRestoreSettings from) {

  /** For the first job of a run, new or resumed. */
  static JobStart first(PreparedRun run) {
    return new JobStart(
        run.resumed()
            .flatMap(point -> point.generation())
            .orElseGet(() -> Generation.first(run.specification().aggregation().structure())),
        run.plan().stepSeconds(),
        run.resumed().map(point -> point.settings()).orElseGet(SavepointRestoreSettings::none));
  }
}
