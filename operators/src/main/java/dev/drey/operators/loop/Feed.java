package dev.drey.operators.loop;

import dev.drey.core.blob.Blob;
import dev.drey.core.data.StepPlan;
import dev.drey.core.stream.Encoder;
import dev.drey.core.stream.RawRecord;
import dev.drey.operators.coordination.EvaluationSchedule;
import dev.drey.operators.stream.StreamSteps;
import java.util.List;
import org.apache.flink.api.connector.source.Source;

/** Where the examples of a run come from. */
public sealed interface Feed {

  /** Which versions are evaluated. */
  EvaluationSchedule evaluations();

  /** Whether the run may wait for examples without a time limit. */
  boolean mayPause();

  /**
   * A data set, trained on in epochs.
   *
   * @param plan which rows go into which slot
   * @param files whose rows they are; a checkpoint of other files is refused
   */
  record DataSet(StepPlan plan, List<Blob.Reference> files) implements Feed {

    public DataSet {
      files = List.copyOf(files);
    }

    /** After every epoch, if there are held-out rows. */
    @Override
    public EvaluationSchedule evaluations() {
      return plan.settings().testRows().length == 0
          ? EvaluationSchedule.NEVER
          : new EvaluationSchedule(plan.stepsPerEpoch(), plan.steps());
    }

    @Override
    public boolean mayPause() {
      return false;
    }
  }

  /**
   * A stream.
   *
   * @param records source whose splits have as id the partition in their records' positions
   * @param encoder makes examples with the network's input and label widths
   * @param steps how records are grouped into steps
   * @param tasks that read it at most: its number of partitions, at least 1
   */
  record Stream(
      Source<RawRecord, ?, ?> records, Encoder.Factory encoder, StreamSteps steps, int tasks)
      implements Feed {

    public Stream {
      if (tasks < 1) {
        throw new IllegalArgumentException("tasks is " + tasks + ", must be at least 1");
      }
    }

    @Override
    public EvaluationSchedule evaluations() {
      return steps.evaluations();
    }

    @Override
    public boolean mayPause() {
      return steps.maxWait() == null;
    }
  }
}
