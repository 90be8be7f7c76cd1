package dev.drey.operators.minibatch;

import dev.drey.core.aggregation.Shares;
import dev.drey.core.aggregation.Structure;
import dev.drey.core.data.RowBatch;
import dev.drey.core.data.StepPlan;
import java.io.IOException;
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

  /**
   * @param plan with as many slots as the structure
   * @param firstStep the first step, after the evaluation of that version; 0 unless the structure
   *     replaced another
   * @param stepsAhead how many steps ahead of the parameter server's version mini-batches are put
   *     out, at least 1 more than the staleness
   */
  public MiniBatchSource(StepPlan plan, Structure structure, long firstStep, int stepsAhead) {
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
    return new AssignedSerializer();
  }

  /** Whether units were assigned, as one byte. */
  private static final class AssignedSerializer implements SimpleVersionedSerializer<Boolean> {

    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(Boolean assigned) {
      return new byte[] {(byte) (assigned ? 1 : 0)};
    }

    @Override
    public Boolean deserialize(int version, byte[] bytes) throws IOException {
      if (version != 1 || bytes.length != 1) {
        throw new IOException("enumerator state of version " + version + " cannot be read");
      }
      return bytes[0] == 1;
    }
  }
}
