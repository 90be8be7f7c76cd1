package dev.drey.operators.minibatch;

import dev.drey.core.aggregation.Shares;
import dev.drey.core.data.RowBatch;
import dev.drey.core.data.StepPlan;
import dev.drey.operators.coordination.LoopEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;

/**
 * Puts out the mini-batches of a task's units, round by round, a few steps ahead of the parameter
 * server. It ends with the event that the run's last version is reached. No event may follow it: to
 * Flink an event for a finished task is a failure of the job.
 */
final class MiniBatchReader implements SourceReader<RowBatch, UnitSplit>, LoopEvent.Receiver {

  private static final long NO_VERSION = -1;

  private final StepPlan plan;
  private final Rounds rounds;
  private final Shares shares;
  private final int stepsAhead;
  private final PriorityQueue<RoundCursor> open = new PriorityQueue<>();
  private final List<RoundCursor> finished = new ArrayList<>();
  private CompletableFuture<Void> available = new CompletableFuture<>();
  private boolean noMoreSplits;
  private long version = NO_VERSION;
  private long stoppedAt = Long.MAX_VALUE;

  /**
   * @param stepsAhead how many steps ahead of the parameter server's version mini-batches are put
   *     out
   */
  MiniBatchReader(StepPlan plan, Shares shares, int stepsAhead) {
    this.plan = plan;
    this.rounds = new PlannedRounds(plan);
    this.shares = shares;
    this.stepsAhead = stepsAhead;
  }

  @Override
  public void start() {}

  @Override
  public InputStatus pollNext(ReaderOutput<RowBatch> output) {
    if (ready()) {
      RoundCursor cursor = open.remove();
      output.collect(next(cursor));
      cursor.advance();
      put(cursor);
    }
    if (ready()) {
      return InputStatus.MORE_AVAILABLE;
    }
    return ended() ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
  }

  private RowBatch next(RoundCursor cursor) {
    return switch (cursor.round().kind()) {
      case EVALUATION -> plan.evaluation(cursor.step(), cursor.slot());
      case TRAINING -> plan.training(cursor.step(), cursor.slot());
    };
  }

  private boolean ready() {
    RoundCursor next = open.peek();
    return next != null && version != NO_VERSION && next.step() < version + stepsAhead;
  }

  private boolean ended() {
    return open.isEmpty() && noMoreSplits && version >= Math.min(plan.steps(), stoppedAt);
  }

  private void put(RoundCursor cursor) {
    if (cursor.finished(stoppedAt)) {
      finished.add(cursor);
    } else {
      open.add(cursor);
    }
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    if (!(event instanceof LoopEvent loopEvent)) {
      throw new IllegalArgumentException("unexpected event " + event);
    }
    loopEvent.deliver(this);
    wakeUp();
  }

  @Override
  public void versionReached(LoopEvent.VersionReached event) {
    version = event.version();
  }

  @Override
  public void stopAt(LoopEvent.StopAt event) {
    stoppedAt = event.steps();
    List<RoundCursor> all = List.copyOf(open);
    open.clear();
    all.forEach(this::put);
  }

  @Override
  public List<UnitSplit> snapshotState(long checkpointId) {
    List<UnitSplit> splits = new ArrayList<>();
    open.forEach(cursor -> splits.add(cursor.split()));
    finished.forEach(cursor -> splits.add(cursor.split()));
    return splits;
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    boolean nothing = !ready() && !ended();
    return nothing ? available : CompletableFuture.completedFuture(null);
  }

  @Override
  public void addSplits(List<UnitSplit> splits) {
    for (UnitSplit split : splits) {
      put(new RoundCursor(rounds, shares.units().get(split.unit()), split));
    }
    wakeUp();
  }

  @Override
  public void notifyNoMoreSplits() {
    noMoreSplits = true;
    wakeUp();
  }

  private void wakeUp() {
    CompletableFuture<Void> waiting = available;
    available = new CompletableFuture<>();
    waiting.complete(null);
  }

  @Override
  public void close() {}

  /** The rounds of a plan. */
  private record PlannedRounds(StepPlan plan) implements Rounds {

    private static final long serialVersionUID = 1L;

    @Override
    public long steps() {
      return plan.steps();
    }

    @Override
    public boolean evaluatesAt(long version) {
      return plan.evaluatesAt(version);
    }
  }
}
