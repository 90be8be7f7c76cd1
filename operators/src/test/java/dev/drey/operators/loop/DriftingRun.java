package dev.drey.operators.loop;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.drift.Adwin;
import dev.drey.core.optimizer.LearningRate;
import dev.drey.core.optimizer.Sgd;
import dev.drey.core.parameters.Shards;
import dev.drey.core.worker.GradientWorker;
import dev.drey.operators.TestingWeightStore;
import dev.drey.operators.records.TestingEncoder;
import dev.drey.operators.records.TestingRecords;
import dev.drey.operators.server.DriftRule;
import dev.drey.operators.server.ServerSettings;
import dev.drey.operators.server.StepRates;
import dev.drey.operators.server.UpdateRule;
import dev.drey.operators.stream.StreamSteps;
import java.util.List;
import java.util.UUID;

/**
 * A run of a {@link DriftingWorker} over a topic in memory.
 *
 * @param rate of learning
 * @param driftAt the offset from which on records are of another kind
 * @param reaction to that
 */
record DriftingRun(String id, double rate, long driftAt, DriftRule.Reaction reaction)
    implements LoopUnderTest {

  static final int MINI_BATCH = 3;
  static final int SLOTS = 4;

  @Override
  public Structure structure() {
    return Structure.of(1, SLOTS);
  }

  @Override
  public Loop loop(Generation generation, Loop.Workforce workforce) {
    String store = id;
    StreamSteps steps = new StreamSteps(MINI_BATCH, null, Long.MAX_VALUE, 0, 1);
    return new Loop(
        StreamRun.run(id),
        new Loop.Names(UUID.randomUUID()),
        new Feed.Stream(new TestingRecords(id), new TestingEncoder.Maker(false), steps, 1),
        generation,
        workforce,
        StreamRun.policy(),
        new ServerSettings(
            new ServerSettings.Model(
                new Shards(TestingRun.PARAMETERS, 1),
                () -> new float[TestingRun.PARAMETERS],
                new UpdateRule(
                    new Sgd(),
                    new StepRates(LearningRate.constant(rate), Long.MAX_VALUE, 1),
                    0,
                    null,
                    List.of(),
                    new DriftRule(Adwin.Settings.DEFAULT, DriftRule.Signal.LOSS, 1, reaction))),
            () -> TestingWeightStore.of(store),
            Long.MAX_VALUE,
            new ServerSettings.Reports(Long.MAX_VALUE)));
  }

  @Override
  public GradientWorker.Provider workers() {
    String worker = id;
    long turn = driftAt;
    return () -> new DriftingWorker(worker, turn);
  }
}
