package dev.drey.job.cli;

import dev.drey.job.model.ModelDirectory;
import dev.drey.job.prepare.PreparedInput;
import dev.drey.job.pretrained.PretrainedWeights;
import dev.drey.job.resume.DataIdentity;
import dev.drey.job.resume.Resumable;
import dev.drey.job.run.PreparedRun;
import dev.drey.job.run.PublishCheck;
import dev.drey.job.run.RunPlan;
import dev.drey.job.run.RunPlanner;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import dev.drey.job.specification.key.Words;
import dev.drey.job.specification.workers.WorkerRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The directory of a run on a cluster. It belongs to this run: a job submitted with it later
 * continues the run, in the structure that the first job chose.
 */
final class ClusterDirectory {

  private ClusterDirectory() {}

  /**
   * Checks that everything exists that the run needs, and writes its specification to the
   * directory.
   *
   * @throws SpecificationException if something is wrong
   */
  static PreparedRun open(RunSpecification specification, RunPlanner planner)
      throws SpecificationException, IOException {
    checkSuits(specification);
    ModelDirectory directory =
        new ModelDirectory(specification.output().directory().orElseThrow().toAbsolutePath());
    PreparedInput input = OpenRun.input(specification);
    RunPlan plan = planner.plan(asBefore(specification, directory), input);
    DataIdentity data = DataIdentity.of(input);
    if (Files.exists(directory.specification())) {
      data.check(directory.path());
      new Resumable.Run(directory.path(), List.of()).check(input.resolved(plan.specification()));
    }
    Optional<PretrainedWeights> pretrained = OpenRun.pretrained(specification, input);
    RunDirectory.make(directory.path(), "output.directory");
    PublishCheck.check(plan.specification(), directory.path());
    directory.writeSpecification(plan.specification(), input);
    data.write(directory.path());
    return new PreparedRun(plan, input, directory.path(), Map.of(), pretrained, Optional.empty());
  }

  private static void checkSuits(RunSpecification specification) throws SpecificationException {
    List<Fault> faults = new ArrayList<>();
    WorkerRuntime runtime = specification.workers().runtime();
    if (runtime != WorkerRuntime.AWS) {
      faults.add(
          Fault.of(
              "workers.runtime",
              "is "
                  + Words.word(runtime)
                  + ", must be aws on a cluster (with workers.endpoint, where the function is not"
                  + " AWS's)"));
    }
    if (specification.output().directory().isEmpty()) {
      faults.add(
          Fault.of(
              "output.directory",
              "is auto, must be a directory that the JobManager and all TaskManagers share"));
    }
    if (!faults.isEmpty()) {
      throw new SpecificationException(faults);
    }
  }

  private static RunSpecification asBefore(RunSpecification now, ModelDirectory directory)
      throws SpecificationException {
    Path file = directory.specification();
    if (!now.aggregation().isAuto() || !Files.exists(file)) {
      return now;
    }
    return RunSpecification.readBack(file)
        .aggregation()
        .planned()
        .map(now::startingWith)
        .orElse(now);
  }
}
