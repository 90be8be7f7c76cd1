package dev.drey.operators.publish;

import dev.drey.core.data.StreamBatch;
import dev.drey.core.exchange.Store;
import dev.drey.core.worker.WorkerException;
import dev.drey.operators.alarm.AlarmThread;
import dev.drey.operators.coordination.RunBill;
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
 * Publishes a version that passes the gate. For one task. Its inputs are the shards of candidates
 * and the mini-batches of the stream, as dealt out. A candidate is evaluated while the task goes
 * on; if a third one comes meanwhile, the inputs wait: so two are held at most, beside the one that
 * is published. A comparison that a failure interrupts is made anew, on the same examples.
 */
final class GatedPublishOperator extends AbstractStreamOperator<Publication>
    implements TwoInputStreamOperator<VersionShard, StreamBatch, Publication> {

  private static final long serialVersionUID = 1L;

  private static final int MOST_WAITING = 2;

  private final int parameters;
  private final Press press;
  private final GateSettings settings;
  private final transient MailboxExecutor mailbox;
  private final transient RunBill bill;

  private transient Assembly assembly;
  private transient RecentWindows windows;
  private transient Gate gate;
  private transient Comparer comparer;
  private transient Outlet outlet;
  private transient boolean comparing;
  private transient boolean ended;
  private transient ListState<VersionShard> incomplete;
  private transient ListState<VersionShard> published;
  private transient ListState<StreamBatch> batches;
  private transient ListState<long[]> dealt;
  private transient ListState<Long> decided;

  GatedPublishOperator(
      StreamOperatorParameters<Publication> runtime,
      Press press,
      GateSettings settings,
      RunBill bill) {
    super(runtime);
    this.parameters = settings.evaluations().run().network().parameterCount();
    this.press = press;
    this.settings = settings;
    this.bill = bill;
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
    dealt =
        states.getListState(
            new ListStateDescriptor<>("dealt", LongPrimitiveArraySerializer.INSTANCE));
    decided = states.getListState(new ListStateDescriptor<>("decided", LongSerializer.INSTANCE));
    restore();
  }

  private void restore() throws Exception {
    Steps steps = settings.steps();
    windows = new RecentWindows(steps.every(), steps.slots(), settings.rule().examples());
    List<StreamBatch> held = new ArrayList<>();
    batches.get().forEach(held::add);
    for (Long version : decided.get()) {
      windows.restore(new RecentWindows.State(version, dealt.get().iterator().next(), held));
    }
    gate = new Gate(windows);
    assembly = new Assembly(parameters);
    for (VersionShard shard : published.get()) {
      new Assembly(parameters).add(shard).ifPresent(gate::published);
    }
    for (VersionShard shard : incomplete.get()) {
      assembly.add(shard).ifPresent(gate::take);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    outlet = new Outlet(press, getMetricGroup(), output);
    Evaluations evaluations = settings.evaluations();
    Store store = evaluations.store().open();
    comparer =
        new Comparer(
            new Evaluator(
                evaluations.run(),
                evaluations.attempts(),
                settings.steps().miniBatch(),
                evaluations.workers().open(),
                new AlarmThread("gate-alarms"),
                getMetricGroup().addGroup("evaluation"),
                bill::pay),
            store,
            evaluations.objects());
    mailbox.execute(this::advance, "candidates that were restored");
  }

  @Override
  public void processElement1(StreamRecord<VersionShard> element) throws Exception {
    assembly.add(element.getValue()).ifPresent(gate::take);
    advance();
    while (comparing && gate.waiting().size() > MOST_WAITING) {
      mailbox.yield();
    }
  }

  @Override
  public void processElement2(StreamRecord<StreamBatch> element) throws Exception {
    gate.take(element.getValue());
    advance();
  }

  /** Decides what can be decided now. */
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
        comparer
            .compare(pair)
            .whenComplete(
                (comparison, thrown) ->
                    mailbox.execute(() -> compared(comparison, thrown), "a candidate's verdict"));
  }

  private void compared(@Nullable Comparison comparison, @Nullable Throwable thrown)
      throws IOException {
    comparing = false;
    comparer.done();
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
    outlet.put(gate.decide(verdict), verdict);
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
    shards.addAll(assembly.shards());
    incomplete.update(shards);
    published.update(gate.published().map(Candidate::shard).stream().toList());
    RecentWindows.State state = windows.state();
    batches.update(state.batches());
    dealt.update(List.of(state.dealt()));
    decided.update(List.of(state.decided()));
  }

  @Override
  public void close() throws Exception {
    if (comparer != null) {
      comparer.close();
    }
    super.close();
  }
}
