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
 * A run that is checked and ready to start.
 *
 * @param plan its specification, with every "auto" decided
 * @param input opened and checked against the network
 * @param directory of the run, absolute; it exists and can be written
 * @param flinkOptions given with -D; they override the program's own
 * @param pretrained the weights to start from; empty for random ones, or those of {@code resumed}
 * @param resumed the state to continue from; empty to start at the first step
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

  /** Whether the network classifies, so that there is an accuracy. */
  boolean classifies() {
    return input.network().loss().classifies();
  }

  /** How records become examples; null for a data set, or if a class of the user makes them. */
  @Nullable ExampleEncoding encoding() {
    return input instanceof PreparedStream stream ? stream.fields().orElse(null) : null;
  }
}
