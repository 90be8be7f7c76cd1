package dev.drey.job.run;

import dev.drey.core.aggregation.Structure;
import dev.drey.job.metric.JobMetrics;
import dev.drey.job.metric.MetricSample;
import dev.drey.job.metric.StepAccount;
import dev.drey.job.model.AtomicFile;
import dev.drey.job.plan.LoopLearner;
import dev.drey.job.plan.ProfileFile;
import dev.drey.operators.coordination.StepTimes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Estimates the constants of the loop's performance model from its step times and metrics, and
 * advises a structure that is faster by more than the uncertainty. Writes what it has learnt to the
 * run's directory: {@code measurements.csv}, a row per structure, and {@code profile.json}, by
 * which another run can be planned. Not thread-safe.
 */
final class LearningAdvisor implements StructureAdvisor {

  private static final Logger LOG = LoggerFactory.getLogger(LearningAdvisor.class);

  static final String MEASUREMENTS = "measurements.csv";
  static final String PROFILE = "profile.json";

  private final LoopLearner learner;
  private final StepAccount.Shape shape;
  private final Slot slot;
  private StepTimes observed = StepTimes.NONE;
  private String job = "";
  private @Nullable MetricSample last;
  private @Nullable JobMetrics metrics;

  /**
   * What a slot computes.
   *
   * @param flops of its gradient
   * @param memoryMb of its worker
   */
  record Slot(double flops, int memoryMb) {}

  LearningAdvisor(LoopLearner learner, StepAccount.Shape shape, Slot slot) {
    this.learner = learner;
    this.shape = shape;
    this.slot = slot;
  }

  @Override
  public Optional<Advice> advise(LoopObservation observation) {
    StepTimes times = observation.times().since(observed);
    if (times.steps() < 2) {
      return Optional.empty(); // one step has no standard error: it is counted with the next
    }
    observed = observation.times();
    Optional<StepAccount> account = account(observation, times);
    Structure present = observation.structure();
    learner.observe(present, times.steps(), times.mean(), times.standardError(), account);
    note(observation.directory());
    return learner
        .better(present, observation.stepsLeft())
        .map(
            better ->
                new Advice(
                    better.structure(),
                    OptionalDouble.of(better.seconds()),
                    OptionalDouble.of(better.seconds() + better.saved())));
  }

  /** Where the time went since the last sample of the same job. */
  private Optional<StepAccount> account(LoopObservation observation, StepTimes times) {
    MetricSample before = observation.job().equals(job) ? last : null;
    if (before == null && observation.stepsLeft() == 0) {
      return Optional.empty(); // a first sample is only good for comparing a later one
    }
    MetricSample now = sample(observation);
    job = observation.job();
    last = now;
    return before != null && now != null && now.isAfter(before)
        ? Optional.of(StepAccount.between(before, now, 1000 * times.mean(), shape))
        : Optional.empty();
  }

  /** Null if metrics cannot be read: step times alone are used then. */
  private @Nullable MetricSample sample(LoopObservation observation) {
    try {
      return metrics(observation.webInterface()).sample(observation.job());
    } catch (IOException e) {
      LOG.debug("no metrics", e);
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** One client for the run, since it has a thread. */
  private JobMetrics metrics(URI webInterface) {
    if (metrics == null) {
      metrics = new JobMetrics(webInterface);
    }
    return metrics;
  }

  private void note(Path directory) {
    try {
      write(directory.resolve(MEASUREMENTS), learner.csv());
      String profile =
          ProfileFile.write(
                  learner
                      .learnt(slot.flops, slot.memoryMb)
                      .withSource("learnt by the run in " + directory.getFileName()))
              .toPrettyString();
      write(directory.resolve(PROFILE), profile + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) throws IOException {
    AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
