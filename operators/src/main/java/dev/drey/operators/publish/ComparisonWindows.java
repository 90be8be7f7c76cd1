package dev.drey.operators.publish;

import dev.drey.core.data.StreamBatch;
import dev.drey.core.stream.PlacedExample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The windows of examples on which candidates are compared. The window of version v has the first
 * examples of the steps v, v + 1, ... up to the next candidate. Version v results from the steps
 * before v, so neither it nor any version published earlier was trained on these examples: like a
 * prequential loss, this is a test before training. Earlier examples would favour the candidate,
 * which was trained on more of them.
 *
 * <p>A window is closed when it has enough examples or all its steps are complete. Its content
 * depends on the mini-batches alone, not on their order of arrival.
 *
 * <p>A window that is not full also holds the mini-batches of incomplete steps; their number is
 * bounded, since the source emits at most {@code StepPolicy.stepsAhead} steps beyond the last
 * version. There is a window for each undecided candidate, and for later ones whose steps have been
 * emitted. Not thread-safe.
 */
final class ComparisonWindows {

  private static final long NONE = -1;

  private final long every;
  private final int examples;
  private final long[] received;
  private final NavigableMap<Long, ComparisonWindow> windows = new TreeMap<>();
  private long decided;

  /**
   * @param every number of steps between candidates, at least 1
   * @param slots number of slots of a step
   * @param examples number of examples of a full window, at least 1
   */
  ComparisonWindows(long every, int slots, int examples) {
    this.every = every;
    this.examples = examples;
    this.received = new long[slots];
    Arrays.fill(received, NONE);
  }

  /**
   * The checkpointed state.
   *
   * @param decided the last decided version, up to which no window is needed
   * @param received the last step received of each slot
   * @param batches the mini-batches that the windows hold
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record State(long decided, long[] received, List<StreamBatch> batches) {}

  /** The version to whose window a step belongs. */
  static long version(long step, long every) {
    return step - step % every;
  }

  /** Restores a state; one with another number of slots is ignored. */
  void restore(State state) {
    if (state.received().length != received.length) {
      return;
    }
    decided = state.decided();
    state.batches().forEach(this::hold);
    System.arraycopy(state.received(), 0, received, 0, received.length);
    close();
  }

  State state() {
    List<StreamBatch> batches = new ArrayList<>();
    windows.values().forEach(window -> window.copyTo(batches));
    return new State(decided, received.clone(), batches);
  }

  /** Adds a mini-batch; those of a slot must arrive in the order of their steps. */
  void add(StreamBatch batch) {
    if (!batch.round().isTraining()) {
      return;
    }
    hold(batch);
    received[batch.slot()] = Math.max(received[batch.slot()], batch.step());
    close();
  }

  private void hold(StreamBatch batch) {
    long version = version(batch.step(), every);
    if (version > decided) {
      windows.computeIfAbsent(version, v -> new ComparisonWindow(examples)).add(batch);
    }
  }

  private void close() {
    long whole = whole();
    windows.values().forEach(window -> window.completeUpTo(whole));
  }

  /**
   * The last step of which all slots have been received. Steps emitted before this operator started
   * count too.
   */
  private long whole() {
    return Arrays.stream(received).min().orElse(NONE);
  }

  /** Whether the window of a version is final. */
  boolean isClosed(long version) {
    ComparisonWindow window = windows.get(version);
    return whole() >= version + every - 1 || (window != null && window.isFull());
  }

  /** The examples in the window of a version so far. */
  List<PlacedExample> examples(long version) {
    ComparisonWindow window = windows.get(version);
    return window == null ? List.of() : window.examples();
  }

  /** Drops the windows up to and including that of a version. */
  void decided(long version) {
    decided = version;
    windows.headMap(version, true).clear();
  }
}
