package dev.drey.operators.publish;

import dev.drey.core.data.StreamBatch;
import dev.drey.core.stream.Intake;
import java.util.List;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * Takes away, where mini-batches are dealt out, the examples that no window has room for, so that
 * they do not travel to the gate. Once a task has let a window's worth of examples pass, the window
 * ends with the last step of these at the latest, whatever others deal out. It forgets with a
 * failure, and lets more pass than is needed then. For one task; not thread-safe.
 */
final class WindowSample implements MapFunction<StreamBatch, StreamBatch> {

  private static final long serialVersionUID = 1L;

  private final long every;
  private final int examples;

  private transient long version;
  private transient int count;
  private transient long last;

  /**
   * @param every steps from one candidate to the next, at least 1
   * @param examples of a window, at least 1
   */
  WindowSample(long every, int examples) {
    this.every = every;
    this.examples = examples;
  }

  @Override
  public StreamBatch map(StreamBatch batch) {
    if (!batch.round().isTraining()) {
      return without(batch);
    }
    long own = RecentWindows.version(batch.step(), every);
    if (own > version) {
      version = own;
      count = 0;
      last = 0;
    }
    if (own == version && count >= examples && batch.step() > last) {
      return without(batch);
    }
    if (own == version) {
      count += batch.count();
      last = Math.max(last, batch.step());
    }
    return new StreamBatch(batch.round(), batch.slot(), batch.examples(), Intake.NONE);
  }

  private static StreamBatch without(StreamBatch batch) {
    return new StreamBatch(batch.round(), batch.slot(), List.of(), Intake.NONE);
  }
}
