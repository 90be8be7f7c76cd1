package dev.drey.operators.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.aggregation.Dropped;
import dev.drey.core.aggregation.Drops;
import dev.drey.core.aggregation.MergeTree;
import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.PartialSums;
import dev.drey.core.aggregation.Structure;
import dev.drey.core.data.RowBatch;
import dev.drey.core.parameters.Range;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.work.Round;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException;
import dev.drey.core.worker.WorkerException.Kind;
import dev.drey.operators.alarm.ManualAlarms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * One step, dispatched and added up while answers come in any order, twice, late or never, while
 * attempts fail in every way and the task starts again from checkpoints: each example is counted
 * once or dropped once, and the bits are those of a calm step.
 */
@Timeout(120)
class StepAccountingTest {

  private static final int CASES = 1_000;
  private static final Structure STRUCTURE = Structure.of(1, 2, 6);
  private static final Range ALL = new Range(0, 6);

  @Test
  void aCalmStepCountsEveryExampleOnce() {
    Step step = new Step(1, 0, false);

    PartialSum sum = step.run();

    assertThat(sum.tally().examples()).isEqualTo(step.planned());
    assertThat(sum.values().toArray()).isEqualTo(step.calm().values().toArray());
  }

  @Test
  void everyExampleIsCountedOnceOrDroppedOnceWhateverHappens() {
    int restores = 0;
    int hedges = 0;
    int withLosses = 0;
    for (int seed = 0; seed < CASES; seed++) {
      Step step = new Step(seed, 0.3, seed % 2 == 0);

      PartialSum sum = step.run();

      assertThat(sum.tally().examples() + Drops.of(sum.dropped()).total())
          .as("seed %d", seed)
          .isEqualTo(step.planned());
      assertThat(sum.values().toArray())
          .as("seed %d", seed)
          .isEqualTo(step.calmWithout(sum.dropped()).values().toArray());
      if (sum.dropped().isEmpty()) {
        assertThat(sum.tally().lossSum()).isEqualTo(step.calm().tally().lossSum());
      }
      restores += step.restores;
      hedges += step.hedges;
      withLosses += sum.dropped().isEmpty() ? 0 : 1;
    }
    assertThat(restores).isGreaterThan(CASES / 4);
    assertThat(hedges).isGreaterThan(CASES / 4);
    assertThat(withLosses).isBetween(CASES / 10, CASES * 9 / 10);
  }

  /** What is in a checkpoint: mini-batches under way, and sums that are added up in part. */
  private record Checkpoint(List<RowBatch> underWay, List<PartialSum> held) {}

  /** One step of six slots. */
  private static final class Step {
    private final SplittableRandom random;
    private final double faults;
    private final int poison;
    private final ManualAlarms alarms = new ManualAlarms();
    private final TestingGate gate = TestingGate.open();
    private final List<RowBatch> miniBatches = new ArrayList<>();
    private final List<Runnable> answers = new ArrayList<>();

    private Map<Integer, CompletableFuture<Optional<PartialSum>>> underWay = new HashMap<>();
    private final Map<Integer, CompletableFuture<WorkResult>> running = new HashMap<>();
    private PartialSums sums = new PartialSums(new MergeTree(STRUCTURE), ALL);
    private Checkpoint checkpoint;
    private Dispatcher dispatcher;
    private boolean warm;
    private int restores;
    private int hedges;

    /**
     * @param faults how likely one is at each call
     * @param quorum whether late slots may be left out
     */
    Step(long seed, double faults, boolean quorum) {
      this.random = new SplittableRandom(seed);
      this.faults = faults;
      this.poison = faults > 0 && random.nextInt(4) == 0 ? random.nextInt(60) : -1;
      gate.version = OptionalLong.of(7);
      gate.quorum = CompletableFuture.completedFuture(quorum);
      for (int slot = 0; slot < STRUCTURE.slots(); slot++) {
        int from = 10 * slot;
        int[] rows = IntStream.range(from, from + random.nextInt(1, 10)).toArray();
        miniBatches.add(new RowBatch(Round.training(7), slot, 0, rows));
      }
      checkpoint = new Checkpoint(List.copyOf(miniBatches), List.of());
      dispatcher = dispatcher();
    }

    long planned() {
      return miniBatches.stream().mapToInt(m -> m.rows().length).sum();
    }

    PartialSum run() {
      miniBatches.forEach(this::dispatch);
      while (sums.complete().isEmpty()) {
        int chance = random.nextInt(100);
        if (chance < 3) {
          checkpoint =
              new Checkpoint(
                  miniBatches.stream().filter(m -> underWay.containsKey(m.slot())).toList(),
                  List.copyOf(sums.held()));
        } else if (chance < 5 && faults > 0) {
          restore();
        } else if (!answers.isEmpty() && chance < 80) {
          answers.remove(random.nextInt(answers.size())).run();
        } else if (!alarms.ring()) {
          assertThat(answers).as("something is still to happen").isNotEmpty();
        }
        collect();
      }
      PartialSum complete = sums.complete().orElseThrow();
      answers.forEach(Runnable::run);
      collect();
      assertThat(sums.complete()).containsSame(complete);
      return complete;
    }

    private void dispatch(RowBatch miniBatch) {
      underWay.put(miniBatch.slot(), dispatcher.dispatch(miniBatch));
    }

    /** Passes on what is done, sometimes twice. */
    private void collect() {
      for (int slot : List.copyOf(underWay.keySet())) {
        CompletableFuture<Optional<PartialSum>> future = Objects.requireNonNull(underWay.get(slot));
        if (future.isCompletedExceptionally()) { // no quorum: the job would end, state intact
          restore();
          return;
        }
        if (future.isDone()) {
          underWay.remove(slot);
          PartialSum sum = future.join().orElseThrow();
          assertThat(sums.add(sum)).isTrue();
          if (random.nextInt(4) == 0) {
            assertThat(sums.add(sum)).isFalse();
          }
        }
      }
    }

    private void restore() {
      restores++;
      dispatcher.close();
      dispatcher = dispatcher();
      sums = new PartialSums(new MergeTree(STRUCTURE), ALL);
      checkpoint.held().forEach(sums::add);
      underWay = new HashMap<>();
      running.clear();
      checkpoint.underWay().forEach(this::dispatch);
    }

    private Dispatcher dispatcher() {
      TestingWorker worker = new TestingWorker(this::compute);
      Attempts attempts =
          new Attempts(
              2,
              new Attempts.Deadlines(
                  Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(40)),
              new Attempts.Backoff(Duration.ofMillis(100), Duration.ofSeconds(5)),
              new Attempts.Hedging(0.5, 1));
      Dispatcher made =
          new Dispatcher(
              new RequestBuilder(Runs.WITHOUT_TEST, "start-1"),
              attempts,
              new SharedGate(gate),
              new Sender.Workforce(
                  worker, new Permits(4), new DispatchMetrics(new UnregisteredMetricsGroup())),
              new Dispatcher.Surroundings(alarms, alarms.clock(), random.split()));
      warmUp(made);
      return made;
    }

    /** Lets the dispatcher know how long attempts take: no time at all. */
    private void warmUp(Dispatcher made) {
      warm = true;
      for (int slot = 0; slot < 32; slot++) {
        assertThat(made.dispatch(Runs.training(0, slot))).isCompleted();
      }
      warm = false;
    }

    /** Answers some time, or fails in one way or another, or never answers. */
    private CompletableFuture<WorkResult> compute(WorkRequest request) {
      CompletableFuture<WorkResult> answer = new CompletableFuture<>();
      if (warm) {
        return CompletableFuture.completedFuture(TestingWorker.of(request));
      }
      countHedge(request.id().slot(), answer);
      boolean poisoned = IntStream.of(TestingWorker.rows(request)).anyMatch(r -> r == poison);
      if (poisoned || random.nextDouble() < faults) {
        List<Kind> kinds =
            List.of(Kind.THROTTLED, Kind.UNAVAILABLE, Kind.REFUSED, Kind.CRASHED, Kind.FAILED);
        Kind kind = poisoned ? Kind.CRASHED : kinds.get(random.nextInt(kinds.size()));
        WorkerException failure = TestingWorker.failure(kind, new Bill(1, false));
        int way = random.nextInt(poisoned ? 2 : 3);
        if (way == 0) {
          answer.completeExceptionally(failure);
        } else if (way == 1) {
          answers.add(() -> answer.completeExceptionally(failure));
        } // else it hangs
      } else {
        answers.add(() -> answer.complete(TestingWorker.of(request)));
      }
      return answer;
    }

    private void countHedge(int slot, CompletableFuture<WorkResult> answer) {
      CompletableFuture<WorkResult> before = running.put(slot, answer);
      hedges += before == null || before.isDone() ? 0 : 1;
    }

    PartialSum calm() {
      return calmWithout(List.of());
    }

    /** The step's sum if these examples had never been planned. */
    PartialSum calmWithout(List<Dropped> dropped) {
      PartialSums calm = new PartialSums(new MergeTree(STRUCTURE), ALL);
      for (RowBatch miniBatch : miniBatches) {
        int[] rows =
            IntStream.of(miniBatch.rows())
                .filter(
                    row ->
                        dropped.stream()
                            .noneMatch(d -> IntStream.of(d.rows()).anyMatch(r -> r == row)))
                .toArray();
        TestingWorker worker =
            new TestingWorker(
                request -> CompletableFuture.completedFuture(TestingWorker.of(request)));
        RowBatch left = new RowBatch(miniBatch.round(), miniBatch.slot(), miniBatch.epoch(), rows);
        calm.add(
            new Dispatching(1)
                .dispatcher(worker, Dispatching.attempts(1))
                .dispatch(left)
                .join()
                .orElseThrow());
      }
      return calm.complete().orElseThrow();
    }
  }
}
