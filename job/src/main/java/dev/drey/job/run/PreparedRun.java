package dev.drey.job.run;

import dev.drey.core.feature.ExampleEncoding;
import dev.drey.job.prepare.PreparedInput;
import dev.drey.job.prepare.PreparedStream;
import dev.drey.job.pretrained.PretrainedWeights;
import dev.drey.job.resume.ResumePoint;
import dev.drey.job.specification.RunSpecification;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run that nothing is wrong with so far.
 *
 * @param plan its specification, checked, with nothing left to be chosen
 * @param input opened and checked against the network
 * @param directory of the run, absolute; it exists and can be written
 * @param flinkOptions what -D gave, to go before the program's own
 * @param pretrained the weights to start from, or nothing for random ones, or those of the state
 * @param resumed the state to go on from, or nothing to start at the first step
 */
public record PreparedRun(
    RunPlan plan,
    PreparedInput input,
    Path directory,
    Map<String, String> flinkOptions,
    Optional<PretrainedWeights> pretrained,
    Optional<ResumePoint> resumed) {

  public PreparedRun {
    flinkOptions = Map.copyOf(flinkOptions);
  }

  public RunSpecification specification() {
    return plan.specification();
  }

  /** Whether there is an accuracy. */
  boolean classifies() {
    return input.network().loss().classifies();
  }

  /** How records become examples; null of a data set, or if a class of the user's makes them. */
  @Nullable ExampleEncoding encoding() {
    return input instanceof PreparedStream stream ? stream.fields().orElse(null) : null;
  }
}
