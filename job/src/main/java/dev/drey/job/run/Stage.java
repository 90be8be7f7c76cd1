package dev.drey.job.run;

import dev.drey.operators.loop.Generation;
import java.util.OptionalDouble;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;

/**
 * What a job of a run begins with.
 *
 * @param generation of the tree
 * @param stepSeconds what a step should take, if anybody knows
 * @param from the state to begin with
 */
record Stage(Generation generation, OptionalDouble stepSeconds, SavepointRestoreSettings from) {

  /** That a run, or what goes on with it, starts with. */
  static Stage first(PreparedRun run) {
    return new Stage(
        run.resumed()
            .flatMap(point -> point.generation())
            .orElseGet(() -> Generation.first(run.specification().aggregation().structure())),
        run.plan().stepSeconds(),
        run.resumed().map(point -> point.settings()).orElseGet(SavepointRestoreSettings::none));
  }
}
