package dev.drey.benchmarks.train;

import dev.drey.core.data.StepPlan;
import dev.drey.core.parameters.Shards;
import dev.drey.job.metric.StepAccount;
import dev.drey.job.prepare.PreparedData;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.key.SpecificationException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What both sides train.
 *
 * @param file of the specification
 * @param overrides that go before the file's values
 * @param specification with them
 * @param data of the specification
 * @param epochs in all
 */
record TrainPlan(
    Path file,
    Map<String, String> overrides,
    RunSpecification specification,
    PreparedData data,
    int epochs) {

  /** Two workers, with so many examples each. */
  static final int WORKERS = 2;

  static final int MINI_BATCH = 128;

  TrainPlan {
    overrides = Map.copyOf(overrides);
  }

  /**
   * Reads the specification, and gives it two workers with 128 examples each.
   *
   * @param runtime of the workers; null for the specification's
   * @throws SpecificationException if it is wrong
   */
  static TrainPlan read(Path file, int epochs, @Nullable String runtime)
      throws SpecificationException {
    Map<String, String> overrides = new LinkedHashMap<>();
    overrides.put("workers.count", String.valueOf(WORKERS));
    overrides.put("workers.concurrency", String.valueOf(WORKERS));
    overrides.put("training.mini-batch", String.valueOf(MINI_BATCH));
    overrides.put("training.epochs", String.valueOf(epochs));
    if (runtime != null) {
      overrides.put("workers.runtime", runtime);
    }
    RunSpecification specification = RunSpecification.read(file, overrides);
    return new TrainPlan(file, overrides, specification, PreparedData.open(specification), epochs);
  }

  /** Epochs that are not measured: half of them, in which the JIT compilers finish. */
  int warmUpEpochs() {
    return (epochs + 1) / 2;
  }

  int stepsPerEpoch() {
    return Math.toIntExact(data.plan(specification).stepsPerEpoch());
  }

  StepAccount.Shape shape() {
    StepPlan plan = data.plan(specification);
    int shards =
        specification.training().clipNorm().isPresent()
            ? 1
            : Shards.of(data.network().parameterCount()).count();
    return new StepAccount.Shape(
        WORKERS, shards, data.split().test().length == 0 ? 0 : plan.stepsPerEpoch());
  }
}
