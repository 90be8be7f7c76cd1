package dev.drey.operators.publish;

import dev.drey.core.data.Normalization;
import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Initializer;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.stream.Intake;
import dev.drey.core.worker.GradientWorker;
import dev.drey.operators.TestingWeightStore;
import dev.drey.operators.coordination.Uids;
import dev.drey.operators.dispatch.Attempts;
import dev.drey.operators.dispatch.RequestTemplate;
import dev.drey.operators.publish.GateSettings.Evaluations;
import dev.drey.operators.publish.GateSettings.Steps;
import dev.drey.operators.server.VersionShard;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/**
 * The gated operator in a task: candidates every 10 steps of 2 slots, windows of 4 examples, one
 * example a request. Weights are three numbers, the first of which says what they are.
 */
@SuppressWarnings("try") // of the harness's close: it declares Exception
final class GateHarness extends AbstractStreamOperatorTestHarness<Publication> {

  private static final NetworkSpec NETWORK =
      new NetworkSpec(
          List.of(2),
          List.of(new Dense(1, Activation.LINEAR, Initializer.ZEROS)),
          new Loss.HalfSquaredError());

  private GateHarness(GatedPublishFactory factory) throws Exception {
    super(factory, 1, 1, 0);
  }

  /**
   * Opens one.
   *
   * @param test whose weight store it uses
   * @param state to go on from, or null
   */
  static GateHarness open(
      String test, GradientWorker.Provider workers, @Nullable OperatorSubtaskState state)
      throws Exception {
    GateSettings settings =
        new GateSettings(
            new GateRule(4, 0),
            new Steps(10, 2, 1),
            new Evaluations(
                new RequestTemplate("a-run", NETWORK, null, null, Normalization.NONE, null, 7),
                Attempts.of(2, Duration.ofMinutes(1)),
                workers,
                () -> TestingWeightStore.of(test),
                test + "-gate-"));
    GateHarness harness =
        new GateHarness(new GatedPublishFactory(GateHarness::published, settings, Uids.FIRST));
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    harness.drain();
    return harness;
  }

  private static Publication published(Candidate candidate) {
    return new Publication(
        candidate.version(),
        candidate.account().examples(),
        candidate.account().loss(),
        Arrays.toString(candidate.weights()),
        "");
  }

  private GatedPublishOperator gated() {
    return (GatedPublishOperator) (Object) operator;
  }

  /** A whole version. */
  GateHarness version(long version, float weight) throws Exception {
    send(
        new VersionShard(
            version,
            0,
            new float[] {weight},
            new VersionShard.Account(100 * version, Intake.NONE, 0.5)));
    return send(new VersionShard(version, 1, new float[] {1, 2}, null));
  }

  GateHarness send(VersionShard shard) throws Exception {
    gated().processElement1(new StreamRecord<>(shard));
    drain();
    return this;
  }

  /** Whole steps of one example a slot. */
  GateHarness steps(long from, long below) throws Exception {
    for (long step = from; step < below; step++) {
      slot(step, 0);
      slot(step, 1);
    }
    return this;
  }

  GateHarness slot(long step, int slot) throws Exception {
    gated().processElement2(new StreamRecord<>(Batches.of(step, slot, 1)));
    drain();
    return this;
  }

  GateHarness finish() throws Exception {
    gated().finish();
    return this;
  }

  /** Lets the task do what answers gave it to do. */
  void drain() throws Exception {
    TaskMailbox mailbox = getTaskMailbox();
    for (var mail = mailbox.tryTake(TaskMailbox.MIN_PRIORITY);
        mail.isPresent();
        mail = mailbox.tryTake(TaskMailbox.MIN_PRIORITY)) {
      mail.get().run();
    }
  }

  List<Long> publishedVersions() {
    return extractOutputValues().stream().map(Publication::version).toList();
  }

  List<Decision> decisions() {
    var decisions = getSideOutput(PublishOperator.DECISIONS);
    return decisions == null
        ? List.of()
        : StreamSupport.stream(decisions.spliterator(), false).map(StreamRecord::getValue).toList();
  }
}
