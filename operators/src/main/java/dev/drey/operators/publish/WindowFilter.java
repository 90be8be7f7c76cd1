package dev.drey.operators.publish;

import dev.drey.core.data.StreamBatch;
import dev.drey.core.stream.Intake;
import java.util.List;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * Removes, at the source, the examples that cannot be in any window, so that they are not sent to
 * the gate. Once a task has emitted as many examples of a window as it holds, the window ends with
 * the last step of these at the latest, whatever other tasks emit. It has no checkpointed state;
 * after a failure it emits more than needed. Not thread-safe.
 */
final class WindowFilter implements MapFunction<StreamBatch, StreamBatch> {

  private static final long serialVersionUID = 1L;

  private final long every;
  private final int examples;

  private transient long version;
  private transient int count;
  private transient long last;

  /**
   * @param every number of steps between candidates, at least 1
   * @param examples number of examples of a full window, at least 1
   */
  WindowFilter(long every, int examples) {
    this.every = every;
    this.examples = examples;
  }

  @Override
  public StreamBatch map(StreamBatch batch) {
    if (!batch.round().isTraining()) {
      return without(batch);
    }
    long own = ComparisonWindows.version(batch.step(), every);
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
