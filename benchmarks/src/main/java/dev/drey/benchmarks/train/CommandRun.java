package dev.drey.benchmarks.train;

import dev.drey.benchmarks.measure.ChildProcess;
import dev.drey.benchmarks.measure.WebInterface;
import dev.drey.job.metric.JobMetrics;
import dev.drey.job.metric.MetricSample;
import dev.drey.job.metric.StepAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.util.FileUtils;
import org.jspecify.annotations.Nullable;

/**
 * The whole command as a user runs it: {@code bin/drey train}, in a process of its own.
 *
 * @param speed by the run's curve
 * @param account of a step by the job's metrics; empty if it was over before they were sampled
 */
record CommandRun(Speed speed, Optional<StepAccount> account) {

  private static final Duration LIMIT = Duration.ofMinutes(20);
  private static final Duration SAMPLING = Duration.ofSeconds(1);

  /**
   * Runs it.
   *
   * @param home where Drey is
   * @param directory for the run's files; deleted afterwards
   */
  static CommandRun of(TrainPlan plan, Path home, Path directory)
      throws IOException, InterruptedException {
    List<MetricSample> samples = new ArrayList<>();
    CompletableFuture<JobMetrics> metrics = new CompletableFuture<>();
    ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor();
    try (ChildProcess child =
        new ChildProcess(
            command(plan, home, directory),
            Path.of("").toAbsolutePath(),
            line -> WebInterface.in(line).map(JobMetrics::new).ifPresent(metrics::complete))) {
      var unusedSampling =
          sampler.scheduleWithFixedDelay(
              () -> sample(metrics.getNow(null), samples),
              SAMPLING.toMillis(),
              SAMPLING.toMillis(),
              TimeUnit.MILLISECONDS);
      child.await(LIMIT);
      sampler.shutdownNow();
      sampler.awaitTermination(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      return read(plan, Curve.read(directory.resolve("curve.csv")), samples);
    } catch (IOException e) {
      throw new IOException("bin/drey train: " + e.getMessage(), e);
    } finally {
      sampler.shutdownNow();
      if (Files.exists(directory)) {
        FileUtils.deleteDirectory(directory.toFile());
      }
    }
  }

  private static List<String> command(TrainPlan plan, Path home, Path directory) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/drey").toString());
    command.add("train");
    command.add(plan.file().toAbsolutePath().toString());
    command.add("--out");
    command.add(directory.toString());
    plan.overrides().forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
    command.addAll(List.of("-D", "metrics.fetcher.update-interval=200 ms"));
    command.addAll(List.of("-D", "rest.port=0"));
    return command;
  }

  private static void sample(@Nullable JobMetrics metrics, List<MetricSample> samples) {
    if (metrics == null) {
      return;
    }
    try {
      metrics.sample().ifPresent(samples::add);
    } catch (IOException e) {
      // the job has not started yet, or has ended
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static CommandRun read(TrainPlan plan, Curve curve, List<MetricSample> samples) {
    Speed speed = curve.speed(plan.stepsPerEpoch(), plan.warmUpEpochs());
    long warm = (long) plan.warmUpEpochs() * plan.stepsPerEpoch();
    List<MetricSample> measured =
        samples.stream().filter(s -> s.step() >= warm && s.step() <= curve.steps()).toList();
    if (measured.size() < 2) {
      return new CommandRun(speed, Optional.empty());
    }
    MetricSample first = measured.get(0);
    MetricSample last = measured.get(measured.size() - 1);
    if (last.step() == first.step()) {
      return new CommandRun(speed, Optional.empty());
    }
    double millisPerStep = curve.millisPerStep(first.step(), last.step());
    return new CommandRun(
        speed, Optional.of(StepAccount.between(first, last, millisPerStep, plan.shape())));
  }
}
