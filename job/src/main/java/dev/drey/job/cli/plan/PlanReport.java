package dev.drey.job.cli.plan;

import dev.drey.core.parameters.Shards;
import dev.drey.core.plan.OnTasks;
import dev.drey.core.plan.Profile;
import dev.drey.core.plan.ShardedTreePlanner;
import dev.drey.core.plan.StepModel;
import dev.drey.job.cli.shell.Shell;
import dev.drey.job.plan.FittedCase;
import dev.drey.job.plan.ParetoFrontFiles;
import dev.drey.job.plan.PlanningProblem;
import dev.drey.job.plan.Recommendation;
import dev.drey.job.plan.TreeAdvice;
import dev.drey.job.run.LocalTraining;
import dev.drey.job.specification.RunSpecification;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Makes the plan that {@code drey plan} prints.
 *
 * @param json whether exact numbers are printed as JSON, instead of a text
 * @param front a directory or file for all plans that none is both faster and cheaper than
 */
record PlanReport(PlanInputs inputs, Shell shell, boolean json, Optional<Path> front) {

  /** Parameters of a network when neither SPEC nor --parameters gives them. */
  private static final int USUAL_PARAMETERS = 1_000_000;

  /** Largest product of shards and tasks to try, which takes about a second. */
  private static final int MOST_KEYS = 20_000;

  /**
   * Plans and prints: a whole run if there is a specification, else only the structure.
   *
   * @throws IOException if the files of the front cannot be written
   */
  String text() throws IOException {
    if (inputs.training().isPresent()) {
      return wholeRun(inputs.training().get());
    }
    return inputs.fits().isEmpty() ? structureAlone() : structureByMeasurements();
  }

  private String wholeRun(PlanInputs.Training training) throws IOException {
    RunSpecification specification = training.specification();
    PlanningProblem subject =
        PlanningProblem.of(
            specification,
            training.bound(),
            inputs.options(),
            inputs.profile(),
            inputs.fits().stream().findFirst().map(FittedCase::tree),
            PlanningProblem.loop(specification, training.bound(), tasks()));
    Timed<Recommendation> planned = timed(() -> Recommendation.of(subject, inputs.options()));
    if (front.isPresent()) {
      ParetoFrontFiles.at(shell.directory().resolve(front.get())).write(planned.value());
    }
    return json
        ? PlanJson.of(planned.value(), inputs.fits(), planned.millis())
        : PlanText.of(planned.value(), inputs.fits());
  }

  private String structureAlone() {
    int parameters = inputs.options().parameters().orElse(USUAL_PARAMETERS);
    Profile profile = inputs.profile().orElse(Profile.AWS_LAMBDA);
    int tasks = tasks();
    IntFunction<StepModel> model =
        shards ->
            profile.tree().model(0, (long) Float.BYTES * parameters, new OnTasks(tasks, shards));
    int workers = inputs.options().workers().orElseThrow();
    Timed<TreeAdvice> planned =
        timed(() -> TreeAdvice.of(workers, model.apply(Shards.of(parameters).count())));
    int most = Math.min(parameters, Math.max(1, Math.min(4 * tasks, MOST_KEYS / tasks)));
    ShardedTreePlanner.Choice free = ShardedTreePlanner.upTo(workers, most, model).best(workers);
    return json
        ? TreeJson.of(planned.value(), free, planned.millis(), parameters)
        : TreeText.of(planned.value(), free, parameters, profile.source());
  }

  private String structureByMeasurements() {
    List<Timed<TreeAdvice>> planned =
        inputs.fits().stream()
            .map(
                one ->
                    timed(
                        () ->
                            TreeAdvice.of(
                                inputs.options().workers().orElse(one.measured().slots()),
                                one.fit().model())))
            .toList();
    return json
        ? TreeJson.of(
            inputs.fits(),
            planned.stream().map(Timed::value).toList(),
            planned.stream().mapToLong(Timed::millis).sum())
        : TreeText.of(inputs.fits(), planned.stream().map(Timed::value).toList());
  }

  private int tasks() {
    return inputs.options().tasks().orElseGet(LocalTraining::parallelism);
  }

  /** A result, and how long it took. */
  private record Timed<T>(T value, long millis) {}

  private <T> Timed<T> timed(Supplier<T> work) {
    long start = shell.nanoTime().getAsLong();
    T value = work.get();
    return new Timed<>(value, (shell.nanoTime().getAsLong() - start) / 1_000_000);
  }
}
