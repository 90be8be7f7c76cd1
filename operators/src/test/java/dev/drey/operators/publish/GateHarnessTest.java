package dev.drey.operators.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.worker.WorkerException.Kind;
import dev.drey.operators.TestingWeightStore;
import dev.drey.operators.publish.Verdict.Comparison;
import dev.drey.operators.publish.Verdict.Outcome;
import dev.drey.operators.server.VersionShard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@SuppressWarnings("try") // of the harness's close: it declares Exception
class GateHarnessTest {

  private static final String TEST = "gate";

  private final WeighingWorker worker = new WeighingWorker(TEST, Map.of());

  @AfterEach
  void forget() {
    TestingWeightStore.forget(TEST);
  }

  private GateHarness harness(@Nullable OperatorSubtaskState state) throws Exception {
    return GateHarness.open(TEST, () -> worker, state);
  }

  @Test
  void aWorseCandidateIsRefusedAndABetterOnePublished() throws Exception {
    try (var harness = harness(null)) {
      harness.steps(0, 12).version(10, 3);
      harness.steps(12, 22).version(20, 4);
      harness.steps(22, 32).version(30, 2);

      assertThat(harness.publishedVersions()).containsExactly(10L, 30L);
      assertThat(harness.decisions())
          .extracting(Decision::version, decision -> decision.verdict().outcome())
          .containsExactly(
              tuple(10L, Outcome.PUBLISHED),
              tuple(20L, Outcome.REFUSED),
              tuple(30L, Outcome.PUBLISHED));
      Decision refused = harness.decisions().get(1);
      assertThat(refused.publication()).isNull();
      assertThat(refused.examples()).isEqualTo(2000);
      Comparison comparison = refused.verdict().comparison();
      assertThat(comparison).isNotNull();
      assertThat(comparison.against()).isEqualTo(10);
      assertThat(comparison.examples()).isEqualTo(4);
      assertThat(comparison.candidateLoss() - comparison.publishedLoss()).isEqualTo(1);
      assertThat(harness.decisions().get(2).verdict().comparison().against()).isEqualTo(10);
    }
  }

  @Test
  void bothAreEvaluatedOnTheFirstExamplesAfterTheCandidate() throws Exception {
    try (var harness = harness(null)) {
      harness.version(10, 3).steps(10, 20).version(20, 4).steps(20, 25);

      assertThat(worker.requests())
          .extracting(WorkRequest::weights)
          .extracting(weights -> weights.version())
          .containsExactly(20L, 20L, 20L, 20L, 10L, 10L, 10L, 10L);
      // (2000 + 2001 + 2100 + 2101) / 4 / 7 more than the weight.
      Comparison comparison = harness.decisions().get(1).verdict().comparison();
      assertThat(comparison).isNotNull();
      assertThat(comparison.publishedLoss()).isEqualTo(mean(3));
      assertThat(TestingWeightStore.of(TEST).size()).as("weights that are lent").isZero();
    }
  }

  /** As the worker has it: in the order of the examples. */
  private static double mean(float weight) {
    double sum = 0;
    for (float step : new float[] {2000, 2001, 2100, 2101}) {
      sum += weight + step / 7;
    }
    return sum / 4;
  }

  @Test
  void theTaskGoesOnWhileACandidateIsEvaluated() throws Exception {
    worker.holding();
    try (var harness = harness(null)) {
      harness.version(10, 3).steps(10, 22).version(20, 2).steps(22, 30).version(30, 4);
      harness.snapshot(1, 1);
      assertThat(harness.publishedVersions()).containsExactly(10L);
      assertThat(worker.requests()).as("one after the other").hasSize(1);

      worker.release();
      harness.drain();
      harness.steps(30, 32);

      assertThat(harness.publishedVersions()).containsExactly(10L, 20L);
      assertThat(harness.decisions()).hasSize(3);
    }
  }

  @Test
  void aThirdCandidateWaitsForTheFirst() throws Exception {
    worker.holding();
    try (var harness = harness(null)) {
      harness.version(10, 3).steps(10, 42).version(20, 2).version(30, 1);
      Thread later =
          new Thread(
              () -> {
                // The task waits for its mailbox now; nothing but an answer can wake it.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                worker.release();
              });
      later.setDaemon(true);
      later.start();

      harness.version(40, 0);

      assertThat(harness.publishedVersions()).startsWith(10L, 20L);
      later.join();
    }
  }

  /** What a task does after its last checkpoint is lost with it, and its inputs come again. */
  @Test
  void aRestoreAtAnyInputLeavesTheSameVerdicts() throws Exception {
    List<Input> inputs = inputs();
    List<Decision> calm;
    try (var harness = harness(null)) {
      send(harness, inputs);
      calm = harness.finish().decisions();
    }
    assertThat(calm)
        .extracting(decision -> decision.verdict().outcome())
        .containsExactly(Outcome.PUBLISHED, Outcome.REFUSED, Outcome.PUBLISHED, Outcome.REFUSED);
    for (int cut = 0; cut <= inputs.size(); cut++) {
      List<Decision> decisions = new ArrayList<>();
      OperatorSubtaskState state;
      try (var harness = harness(null)) {
        send(harness, inputs.subList(0, cut));
        decisions.addAll(harness.decisions());
        state = harness.snapshot(1, 1);
        send(harness, inputs.subList(cut, inputs.size()));
      }
      try (var harness = harness(state)) {
        send(harness, inputs.subList(cut, inputs.size()));
        decisions.addAll(harness.finish().decisions());
      }

      assertThat(decisions).as("a cut at %d", cut).isEqualTo(calm);
    }
  }

  @Test
  void aComparisonThatAFailureInterruptsIsMadeAnew() throws Exception {
    worker.holding();
    OperatorSubtaskState state;
    try (var harness = harness(null)) {
      harness.version(10, 3).steps(10, 22).version(20, 4);
      state = harness.snapshot(1, 1);
      worker.release(); // closing would wait for it
    }
    WeighingWorker other = new WeighingWorker(TEST, Map.of());
    try (var harness = GateHarness.open(TEST, () -> other, state)) {
      assertThat(harness.decisions()).hasSize(1);
      assertThat(harness.decisions().get(0).verdict().outcome()).isEqualTo(Outcome.REFUSED);
    }
  }

  private interface Input {
    void to(GateHarness harness) throws Exception;
  }

  private static List<Input> inputs() {
    List<Input> inputs = new ArrayList<>();
    float[] weights = {3, 4, 2, 2.5f};
    for (int step = 8; step < 43; step++) {
      long number = step;
      inputs.add(harness -> harness.slot(number, 1));
      inputs.add(harness -> harness.slot(number, 0));
      if (step % 10 == 3 && step > 10) { // dealt ahead of the version
        float weight = weights[step / 10 - 1];
        inputs.add(harness -> harness.version(number - 3, weight));
      }
    }
    inputs.add(harness -> harness.version(40, weights[3]));
    return inputs;
  }

  private static void send(GateHarness harness, List<Input> inputs) throws Exception {
    for (Input input : inputs) {
      input.to(harness);
    }
  }

  @Test
  void aCandidateThatCannotBeEvaluatedIsRefused() throws Exception {
    WeighingWorker failing = new WeighingWorker(TEST, Map.of(20L, Kind.CRASHED));
    try (var harness = GateHarness.open(TEST, () -> failing, null)) {
      harness.version(10, 3).steps(10, 22).version(20, 2).steps(22, 34).version(30, 1);
      harness.finish(); // attempts take a while

      assertThat(harness.publishedVersions()).containsExactly(10L, 30L);
      Verdict verdict = harness.decisions().get(1).verdict();
      assertThat(verdict.outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(verdict.reason())
          .isEqualTo("it could not be evaluated: CRASHED, as the test says");
      assertThat(TestingWeightStore.of(TEST).size()).as("weights that are lent").isZero();
    }
  }

  @Test
  void aLossThatIsNotFiniteIsTheWorst() throws Exception {
    WeighingWorker failing = new WeighingWorker(TEST, Map.of(20L, Kind.NOT_FINITE));
    try (var harness = GateHarness.open(TEST, () -> failing, null)) {
      harness.version(10, 3).steps(10, 22).version(20, 2);

      Comparison comparison = harness.decisions().get(1).verdict().comparison();
      assertThat(comparison).isNotNull();
      assertThat(comparison.candidateLoss()).isInfinite();
      assertThat(harness.publishedVersions()).containsExactly(10L);
    }
  }

  @Test
  void weightsThatCannotBeLentRefuseTheCandidate() throws Exception {
    TestingWeightStore.failing(TEST).add(20L);
    try (var harness = harness(null)) {
      harness.version(10, 3).steps(10, 22).version(20, 2);

      assertThat(harness.decisions().get(1).verdict().reason())
          .contains("cannot publish gate-gate");
      assertThat(harness.publishedVersions()).containsExactly(10L);
    }
  }

  @Test
  void atTheEndACandidateIsComparedOnWhatThereIs() throws Exception {
    try (var harness = harness(null)) {
      harness.version(10, 3).steps(10, 21).version(20, 4);
      assertThat(harness.decisions()).hasSize(1);

      harness.finish();

      Comparison comparison = harness.decisions().get(1).verdict().comparison();
      assertThat(comparison).isNotNull();
      assertThat(comparison.examples()).isEqualTo(2);
      assertThat(harness.publishedVersions()).containsExactly(10L);
    }
  }

  @Test
  void atTheEndACandidateAfterWhichNothingCameIsPublished() throws Exception {
    try (var harness = harness(null)) {
      harness.version(10, 3).steps(10, 20).version(20, 4).finish();

      assertThat(harness.publishedVersions()).containsExactly(10L, 20L);
      assertThat(harness.decisions().get(1).verdict().reason())
          .contains("no example came after it");
    }
  }

  /** A run without a gate has shards that are incomplete, and nothing else. */
  @Test
  void aRunGoesOnWithAGateAndWithout() throws Exception {
    OperatorSubtaskState state;
    try (var harness = PublishHarnessTest.harness(null)) {
      harness.processElement(PublishHarnessTest.first(10), 0);
      state = harness.snapshot(1, 1);
    }
    try (var harness = harness(state)) {
      harness.send(PublishHarnessTest.rest(10));
      assertThat(harness.publishedVersions()).containsExactly(10L);
      harness.version(20, 11);
      state = harness.snapshot(2, 2);
      assertThat(harness.decisions()).as("its window is open").hasSize(1);
    }
    try (var harness = PublishHarnessTest.harness(state)) {
      assertThat(harness.extractOutputValues())
          .extracting(Publication::version)
          .containsExactly(20L);
    }
  }

  @Test
  void aShardThatComesTwiceCountsOnce() throws Exception {
    try (var harness = harness(null)) {
      VersionShard first = PublishHarnessTest.first(10);
      harness.send(first).send(first).send(PublishHarnessTest.rest(10));

      assertThat(harness.publishedVersions()).containsExactly(10L);
    }
  }
}
