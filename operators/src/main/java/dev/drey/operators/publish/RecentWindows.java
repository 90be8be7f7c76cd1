package dev.drey.operators.publish;

import dev.drey.core.data.StreamBatch;
import dev.drey.core.data.Task;
import dev.drey.core.stream.PlacedExample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The windows that candidates are compared on. That of version v has the first examples of the
 * steps v, v + 1, ... up to the next candidate: version v is made of the steps before v, so neither
 * it nor any version published before has been trained on them. Both are tested before they are
 * trained, as a prequential loss is; examples of the past would flatter the candidate, which has
 * been trained on more of them.
 *
 * <p>A window is closed once it has enough examples, or all its steps are there. What it holds
 * depends on the mini-batches alone, not on when they come.
 *
 * <p>A window that is not full holds, beside its examples, mini-batches of steps that are not
 * whole. The source deals out so many steps beyond the last version as {@code
 * StepPolicy.stepsAhead} says, so there are no more of these. There is a window for each candidate
 * that is not decided, and for those whose steps are dealt out already. Not thread-safe.
 */
final class RecentWindows {

  private static final long NONE = -1;

  private final long every;
  private final int examples;
  private final long[] dealt;
  private final NavigableMap<Long, Window> windows = new TreeMap<>();
  private long decided;

  /**
   * @param every steps from one candidate to the next, at least 1
   * @param slots of a step
   * @param examples of a window, at least 1
   */
  RecentWindows(long every, int slots, int examples) {
    this.every = every;
    this.examples = examples;
    this.dealt = new long[slots];
    Arrays.fill(dealt, NONE);
  }

  /**
   * What it has to remember.
   *
   * @param decided the version up to which no window is needed
   * @param dealt the last step of each slot
   * @param batches that windows hold
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record State(long decided, long[] dealt, List<StreamBatch> batches) {}

  /** The version in whose window a step is. */
  static long version(long step, long every) {
    return step - step % every;
  }

  /** Goes on from there; one of another number of slots is forgotten. */
  void restore(State state) {
    if (state.dealt().length != dealt.length) {
      return;
    }
    decided = state.decided();
    state.batches().forEach(this::hold);
    System.arraycopy(state.dealt(), 0, dealt, 0, dealt.length);
    close();
  }

  State state() {
    List<StreamBatch> batches = new ArrayList<>();
    windows.values().forEach(window -> window.copyTo(batches));
    return new State(decided, dealt.clone(), batches);
  }

  /** Takes a mini-batch; those of a slot come in the order of their steps. */
  void add(StreamBatch batch) {
    if (batch.task() != Task.GRADIENT) {
      return;
    }
    hold(batch);
    dealt[batch.slot()] = Math.max(dealt[batch.slot()], batch.step());
    close();
  }

  private void hold(StreamBatch batch) {
    long version = version(batch.step(), every);
    if (version > decided) {
      windows.computeIfAbsent(version, v -> new Window(examples)).add(batch);
    }
  }

  private void close() {
    long whole = whole();
    windows.values().forEach(window -> window.whole(whole));
  }

  /** The last step that is whole: steps that were dealt out before anybody looked are passed by. */
  private long whole() {
    return Arrays.stream(dealt).min().orElse(NONE);
  }

  /** Whether the window of a version has all that it will ever have. */
  boolean isClosed(long version) {
    Window window = windows.get(version);
    return whole() >= version + every - 1 || (window != null && window.isFull());
  }

  /** The examples in the window of a version, so far. */
  List<PlacedExample> examples(long version) {
    Window window = windows.get(version);
    return window == null ? List.of() : window.examples();
  }

  /** Forgets the window of a version, and those before. */
  void decided(long version) {
    decided = version;
    windows.headMap(version, true).clear();
  }
}
