package dev.drey.job.cli;

import dev.drey.core.aggregation.Structure;
import dev.drey.job.cli.shell.Shell;
import dev.drey.job.model.ModelDirectory;
import dev.drey.job.prepare.PreparedInput;
import dev.drey.job.prepare.TransactionCheck;
import dev.drey.job.pretrained.MisfitException;
import dev.drey.job.pretrained.PretrainedWeights;
import dev.drey.job.resume.CheckpointIndex;
import dev.drey.job.resume.DataIdentity;
import dev.drey.job.resume.Resumable;
import dev.drey.job.resume.ResumePoint;
import dev.drey.job.resume.RunLock;
import dev.drey.job.run.PreparedRun;
import dev.drey.job.run.PublishCheck;
import dev.drey.job.run.RunPlan;
import dev.drey.job.run.RunPlanner;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import dev.drey.operators.loop.Generation;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;

/**
 * A run that can start, in a directory that no other program writes to until this object is closed.
 *
 * @param run the prepared run
 * @param directory where its files go
 * @param lock of the directory
 */
record OpenRun(PreparedRun run, ModelDirectory directory, RunLock lock) implements Closeable {

  /**
   * Checks that everything exists that the run needs, and locks its directory.
   *
   * @param out the value of --out
   * @param resumed the value of --resume
   * @param flinkOptions the values of -D
   * @param planner chooses the values that are auto
   * @throws SpecificationException if something is wrong; nothing has been started or changed then
   */
  static OpenRun of(
      RunSpecification specification,
      Optional<Path> out,
      Optional<Resumable> resumed,
      Map<String, String> flinkOptions,
      RunPlanner planner,
      Shell shell)
      throws SpecificationException, IOException {
    PreparedInput input = input(specification);
    TransactionCheck.check(specification, Configuration.fromMap(flinkOptions));
    RunPlan plan = planner.plan(specification, input);
    if (resumed.isPresent()) {
      DataIdentity.of(input).check(resumed.get().path());
      resumed.get().check(input.resolved(specification));
    }
    Optional<PretrainedWeights> pretrained =
        resumed.isPresent() ? Optional.empty() : pretrained(specification, input);
    ModelDirectory directory =
        resumed.flatMap(Resumable::directory).isPresent()
            ? RunDirectory.again(resumed.get().directory().get(), out, shell)
            : RunDirectory.make(out, specification, shell);
    RunLock lock =
        RunLock.tryTake(directory.path())
            .orElseThrow(
                () ->
                    new SpecificationException(
                        List.of(
                            Fault.of(
                                resumed.isPresent() ? Resumable.OPTION : "--out",
                                "is "
                                    + directory.path()
                                    + ", where another drey train is running"))));
    try {
      PublishCheck.check(specification, directory.path());
      if (resumed.flatMap(Resumable::directory).isEmpty()) {
        RunDirectory.checkUnused(CheckpointIndex.of(directory.path(), specification, flinkOptions));
      }
      Optional<ResumePoint> point = resumed.isPresent() ? resumed.get().point() : Optional.empty();
      if (resumed.isPresent() && point.isEmpty()) {
        // The run has ended with the specification that it had.
        plan = planner.plan(RunSpecification.readBack(directory.specification()), input);
      }
      point.ifPresent(chosen -> sayPassedOver(chosen, specification, shell));
      Optional<Structure> structure =
          point.flatMap(ResumePoint::generation).map(Generation::structure);
      if (structure.isPresent()) {
        plan = planner.plan(specification.startingWith(structure.get()), input);
      }
      return new OpenRun(
          new PreparedRun(plan, input, directory.path(), flinkOptions, pretrained, point),
          directory,
          lock);
    } catch (SpecificationException | IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static void sayPassedOver(
      ResumePoint point, RunSpecification specification, Shell shell) {
    if (point.passedOver().isEmpty()) {
      return;
    }
    point.passedOver().forEach(sentence -> shell.err().println("drey: " + sentence));
    shell.err().println("drey: going on from the older checkpoint " + point.checkpoint());
    if (specification.writesToTopics()) {
      shell
          .err()
          .println(
              "drey: records that the run wrote to topics between the two checkpoints are written"
                  + " again");
    }
  }

  /** The data set or stream that the run trains on, opened. */
  static PreparedInput input(RunSpecification specification)
      throws SpecificationException, IOException {
    try {
      return PreparedInput.open(specification);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while brokers were asked");
    }
  }

  /** The weights that the specification starts from, if it names any. */
  static Optional<PretrainedWeights> pretrained(RunSpecification specification, PreparedInput input)
      throws SpecificationException {
    Optional<Path> path = specification.network().initFrom();
    if (path.isEmpty()) {
      return Optional.empty();
    }
    String key = "network.init-from";
    try {
      return Optional.of(PretrainedWeights.open(path.get(), input.network()));
    } catch (MisfitException e) {
      throw new SpecificationException(
          e.problems().stream()
              .map(problem -> Fault.of(key, path.get() + ": " + problem))
              .toList());
    } catch (IOException e) {
      throw new SpecificationException(List.of(Fault.of(key, String.valueOf(e.getMessage()))));
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
