package dev.drey.operators.loop;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.cost.Price;
import dev.drey.core.drift.Adwin;
import dev.drey.core.optimizer.LearningRate;
import dev.drey.core.optimizer.Sgd;
import dev.drey.core.parameters.Shards;
import dev.drey.operators.TestingWeightStore;
import dev.drey.operators.coordination.Budget;
import dev.drey.operators.coordination.CoordinationSettings;
import dev.drey.operators.records.TestingEncoder;
import dev.drey.operators.records.TestingRecords;
import dev.drey.operators.server.DriftRule;
import dev.drey.operators.server.ServerSettings;
import dev.drey.operators.server.StepRates;
import dev.drey.operators.server.UpdateRule;
import dev.drey.operators.stream.Replaying;
import dev.drey.operators.stream.StreamSteps;
import java.time.Duration;
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
    String worker = id;
    long turn = driftAt;
    Replaying replaying =
        reaction instanceof DriftRule.Reaction.Replay replay
            ? new Replaying(replay.examples(), replay.share(), 1)
            : null;
    StreamSteps steps = new StreamSteps(MINI_BATCH, null, Long.MAX_VALUE, 0, 1, replaying);
    Budget budget = new Budget(Double.POSITIVE_INFINITY, Price.X86, 1024);
    Shards shards = new Shards(TestingRun.PARAMETERS, 1);
    return new Loop(
        StreamRun.run(id),
        UUID.randomUUID(),
        new Feed.Stream(new TestingRecords(id), new TestingEncoder.Maker(false), steps, 1),
        generation,
        () -> new DriftingWorker(worker, turn),
        workforce,
        new ServerSettings(
            shards,
            () -> new float[TestingRun.PARAMETERS],
            new UpdateRule(
                new Sgd(),
                new StepRates(LearningRate.constant(rate), Long.MAX_VALUE, 1),
                0,
                null,
                List.of(),
                new DriftRule(
                    Adwin.Settings.DEFAULT,
                    DriftRule.Signal.LOSS,
                    1,
                    reaction,
                    LoopGraph.stepsAhead(0) - 1)),
            () -> TestingWeightStore.of(worker),
            2,
            Long.MAX_VALUE,
            budget,
            1,
            0,
            10,
            Double.NaN),
        new CoordinationSettings(
            shards.count(), 0, steps.evaluations(), budget, 0, Duration.ofMinutes(5)));
  }
}
