package dev.drey.operators.publish;

import dev.drey.core.data.StreamBatch;
import dev.drey.core.exchange.Store;
import dev.drey.core.worker.WorkerException;
import dev.drey.operators.alarm.AlarmThread;
import dev.drey.operators.coordination.RunLink;
import dev.drey.operators.dispatch.Evaluator;
import dev.drey.operators.publish.GateSettings.Evaluations;
import dev.drey.operators.publish.GateSettings.Steps;
import dev.drey.operators.publish.Verdict.Comparison;
import dev.drey.operators.server.VersionShard;
import dev.drey.operators.server.VersionShardSerializer;
import dev.drey.operators.stream.StreamBatchSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.LongPrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the versions that pass the gate. Parallelism 1. Its inputs are the shards of candidates
 * and the stream's mini-batches, as the source emits them. A candidate is evaluated asynchronously;
 * if a third one arrives meanwhile, the inputs block, so at most two candidates are in memory
 * beside the published version. After a failure an interrupted comparison is repeated on the same
 * examples.
 */
final class GatedPublishOperator extends AbstractStreamOperator<Publication>
    implements TwoInputStreamOperator<VersionShard, StreamBatch, Publication> {

  private static final long serialVersionUID = 1L;

  private static final int MOST_WAITING = 2;

  private final int parameters;
  private final ModelPublisher publisher;
  private final GateSettings settings;
  private final transient MailboxExecutor mailbox;
  private final transient RunLink link;

  private transient VersionAssembler assembler;
  private transient ComparisonWindows windows;
  private transient Gate gate;
  private transient CandidateEvaluator evaluator;
  private transient CandidateOutput decisions;
  private transient boolean comparing;
  private transient boolean ended;
  private transient ListState<VersionShard> incomplete;
  private transient ListState<VersionShard> published;
  private transient ListState<StreamBatch> batches;
  private transient ListState<long[]> received;
  private transient ListState<Long> decided;

  GatedPublishOperator(
      StreamOperatorParameters<Publication> runtime,
      ModelPublisher publisher,
      GateSettings settings,
      RunLink link) {
    super(runtime);
    this.parameters = settings.evaluations().run().network().parameterCount();
    this.publisher = publisher;
    this.settings = settings;
    this.link = link;
    this.mailbox = runtime.getMailboxExecutor();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    incomplete = PublishOperator.incomplete(context);
    var states = context.getOperatorStateStore();
    published =
        states.getListState(
            new ListStateDescriptor<>("published", VersionShardSerializer.INSTANCE));
    batches =
        states.getListState(new ListStateDescriptor<>("batches", StreamBatchSerializer.INSTANCE));
    received =
        states.getListState(
            new ListStateDescriptor<>("dealt", LongPrimitiveArraySerializer.INSTANCE));
    decided = states.getListState(new ListStateDescriptor<>("decided", LongSerializer.INSTANCE));
    restore();
  }

  private void restore() throws Exception {
    Steps steps = settings.steps();
    windows = new ComparisonWindows(steps.every(), steps.slots(), settings.rule().examples());
    List<StreamBatch> held = new ArrayList<>();
    batches.get().forEach(held::add);
    for (Long version : decided.get()) {
      windows.restore(new ComparisonWindows.State(version, received.get().iterator().next(), held));
    }
    gate = new Gate(windows);
    assembler = new VersionAssembler(parameters);
    for (VersionShard shard : published.get()) {
      new VersionAssembler(parameters).add(shard).ifPresent(gate::published);
    }
    for (VersionShard shard : incomplete.get()) {
      assembler.add(shard).ifPresent(gate::add);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    decisions = new CandidateOutput(publisher, getMetricGroup(), output);
    Evaluations evaluations = settings.evaluations();
    Store store = evaluations.store().open();
    evaluator =
        new CandidateEvaluator(
            new Evaluator(
                evaluations.run(),
                evaluations.attempts(),
                settings.steps().miniBatch(),
                evaluations.workers().open(),
                new AlarmThread("gate-alarms"),
                getMetricGroup().addGroup("evaluation"),
                link::pay),
            store,
            evaluations.objects());
    var unused = link.givenUp().thenRun(evaluator::giveUp);
    mailbox.execute(this::advance, "candidates that were restored");
  }

  @Override
  public void processElement1(StreamRecord<VersionShard> element) throws Exception {
    assembler.add(element.getValue()).ifPresent(gate::add);
    advance();
    while (comparing && gate.waiting().size() > MOST_WAITING) {
      mailbox.yield();
    }
  }

  @Override
  public void processElement2(StreamRecord<StreamBatch> element) throws Exception {
    gate.add(element.getValue());
    advance();
  }

  /** Decides all candidates that can be decided now, and starts the next comparison. */
  private void advance() throws IOException {
    boolean goesOn = !comparing;
    while (goesOn) {
      Gate.Next next = gate.next(ended);
      if (next instanceof Gate.Next.Decided known) {
        decide(known.verdict());
      } else {
        goesOn = false;
        if (next instanceof Gate.Next.Compare pair) {
          compare(pair);
        }
      }
    }
  }

  private void compare(Gate.Next.Compare pair) {
    comparing = true;
    var unused =
        evaluator
            .compare(pair)
            .whenComplete(
                (comparison, thrown) ->
                    mailbox.execute(() -> compared(comparison, thrown), "a candidate's verdict"));
  }

  private void compared(@Nullable Comparison comparison, @Nullable Throwable thrown)
      throws IOException {
    comparing = false;
    evaluator.deleteUploads();
    decide(
        comparison == null
            ? Verdict.failed(words(thrown))
            : Verdict.of(settings.rule(), comparison));
    advance();
  }

  private static String words(@Nullable Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    return cause instanceof WorkerException failure
        ? failure.kind() + ", " + failure.getMessage()
        : String.valueOf(cause);
  }

  private void decide(Verdict verdict) throws IOException {
    decisions.emit(gate.decide(verdict), verdict);
  }

  @Override
  public void finish() throws Exception {
    ended = true;
    advance();
    while (comparing) {
      mailbox.yield();
    }
    super.finish();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    List<VersionShard> shards = new ArrayList<>();
    gate.waiting().forEach(candidate -> shards.add(candidate.shard()));
    shards.addAll(assembler.shards());
    incomplete.update(shards);
    published.update(gate.published().map(Candidate::shard).stream().toList());
    ComparisonWindows.State state = windows.state();
    batches.update(state.batches());
    received.update(List.of(state.received()));
    decided.update(List.of(state.decided()));
  }

  @Override
  public void close() throws Exception {
    if (evaluator != null) {
      evaluator.close();
    }
    super.close();
  }
}
