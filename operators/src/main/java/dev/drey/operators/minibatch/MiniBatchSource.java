package dev.drey.operators.minibatch;

import dev.drey.core.aggregation.Shares;
import dev.drey.core.aggregation.Structure;
import dev.drey.core.blob.Blob;
import dev.drey.core.data.RowBatch;
import dev.drey.core.data.StepPlan;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SupportsSplitReassignmentOnRecovery;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The mini-batches of a data set, as row numbers, which the plan chooses. Slots are assigned to the
 * source's tasks in whole units, so that the sums of a unit meet again in the task that is chained
 * behind.
 */
public final class MiniBatchSource
    implements Source<RowBatch, UnitSplit, Boolean>, SupportsSplitReassignmentOnRecovery {

  private static final long serialVersionUID = 1L;

  private final StepPlan plan;
  private final Structure structure;
  private final long firstStep;
  private final int stepsAhead;
  private final List<Blob.Reference> data;

  /**
   * @param plan with as many slots as the structure
   * @param firstStep the first step, after the evaluation of that version; 0 unless the structure
   *     replaced another
   * @param stepsAhead how many steps ahead of the parameter server's version mini-batches are put
   *     out, at least 1 more than the staleness
   * @param data the files whose rows these are; a checkpoint of others is refused
   */
  public MiniBatchSource(
      StepPlan plan,
      Structure structure,
      long firstStep,
      int stepsAhead,
      List<Blob.Reference> data) {
    if (plan.settings().slots() != structure.slots()) {
      throw new IllegalArgumentException(
          "the plan has "
              + plan.settings().slots()
              + " slots, structure "
              + structure
              + " has "
              + structure.slots());
    }
    this.plan = plan;
    this.structure = structure;
    this.firstStep = firstStep;
    this.stepsAhead = stepsAhead;
    this.data = new ArrayList<>(data);
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SourceReader<RowBatch, UnitSplit> createReader(SourceReaderContext context) {
    return new MiniBatchReader(plan, new Shares(structure), stepsAhead);
  }

  @Override
  public SplitEnumerator<UnitSplit, Boolean> createEnumerator(
      SplitEnumeratorContext<UnitSplit> context) {
    return enumerator(context, false);
  }

  @Override
  public SplitEnumerator<UnitSplit, Boolean> restoreEnumerator(
      SplitEnumeratorContext<UnitSplit> context, Boolean assigned) {
    return enumerator(context, assigned);
  }

  private UnitEnumerator enumerator(SplitEnumeratorContext<UnitSplit> context, boolean assigned) {
    return new UnitEnumerator(context, new Shares(structure), firstStep, plan.steps(), assigned);
  }

  @Override
  public SimpleVersionedSerializer<UnitSplit> getSplitSerializer() {
    return new UnitSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<Boolean> getEnumeratorCheckpointSerializer() {
    return new AssignedSerializer(data);
  }
}
