package dev.drey.operators.server;

import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.protocol.Weights;
import dev.drey.operators.coordination.Announcement;
import dev.drey.operators.coordination.Progress;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Serves one shard: applies its steps in order, publishes each new version to the store and
 * announces it. Not thread-safe.
 */
final class ShardServer {

  private final Shard shard;
  private final Context context;
  private final StepObserver observer;
  private Weights.@Nullable Part published;

  /**
   * What the shards of a task have in common.
   *
   * @param rules by which steps are applied
   * @param publisher to the weight store
   * @param announcements to the coordinator
   * @param output of the operator
   * @param counters of the task
   */
  record Context(
      StepRules rules,
      Publisher publisher,
      Consumer<Announcement> announcements,
      ServerOutput output,
      TaskCounters counters) {}

  ShardServer(Shard shard, Context context, StepObserver observer) {
    this.shard = shard;
    this.context = context;
    this.observer = observer;
  }

  Shard shard() {
    return shard;
  }

  /** Publishes and announces the version that the task starts with. */
  void start() throws IOException {
    context.publisher.deleteOld(shard);
    publishAnew();
  }

  /** Publishes and announces the present version once more. */
  void publishAnew() throws IOException {
    publish();
    announce();
  }

  /**
   * Takes the sum of a step or of an evaluation.
   *
   * @throws RefusedStepException if a step would spoil the weights
   */
  void process(PartialSum sum) throws IOException, RefusedStepException {
    if (!sum.round().isTraining()) {
      if (observer.evaluated(sum)) {
        announce();
      } else {
        context.counters.duplicates().inc();
      }
    } else if (shard.offer(sum)) {
      while (shard.ready()) {
        apply();
      }
    } else {
      context.counters.duplicates().inc();
    }
  }

  private void apply() throws IOException, RefusedStepException {
    long start = System.nanoTime();
    Shard.Applied step = shard.applyNext(context.rules.update(), context.rules.tolerance());
    TaskCounters.addSince(start, context.counters.applyMicros());
    observer.applied(step.sum());
    publish();
    observer.published(step.sum());
    announce();
    if (shard.version() % context.rules.versionsEvery() == 0) {
      context.output.version(copy());
    }
    observer.announced(step);
  }

  private VersionShard copy() {
    return new VersionShard(
        shard.version(), shard.range().from(), shard.weights().clone(), observer.trainedOn());
  }

  private void publish() throws IOException {
    long start = System.nanoTime();
    published = new Weights.Part(shard.range(), context.publisher.publish(shard));
    TaskCounters.addSince(start, context.counters.publishMicros());
  }

  private void announce() {
    Progress progress = observer.progress();
    context.announcements.accept(
        new Announcement(
            shard.index(),
            shard.version(),
            Objects.requireNonNull(published),
            progress,
            progress == null ? List.of() : shard.watch().replays()));
  }
}
