package dev.drey.job.publish;

import dev.drey.core.data.Normalization;
import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Initializer;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.stream.Intake;
import dev.drey.job.onnx.OnnxModel;
import dev.drey.operators.publish.Candidate;
import dev.drey.operators.server.VersionShard;
import java.util.List;
import java.util.Map;

/** Candidates of a small network, trained on a stream with two partitions. */
final class Candidates {

  static final NetworkSpec NETWORK =
      new NetworkSpec(
          List.of(3),
          List.of(new Dense(2, Activation.LINEAR, Initializer.GLOROT_UNIFORM)),
          new Loss.SoftmaxCrossEntropy());

  static final OnnxModel MODEL = new OnnxModel("a-run", NETWORK, Normalization.NONE);

  static final PublishingRun RUN = new PublishingRun("a-run", "some-id");

  private Candidates() {}

  /** A candidate with weights from a seed. */
  static Candidate of(long version, long seed) {
    return new Candidate(
        version,
        NETWORK.initialParameters(seed),
        new VersionShard.Account(
            100 * version,
            new Intake(
                Map.of(
                    "b-0",
                        new Intake.PartitionIntake(60 * version, 60 * version, 0, 0, new byte[0]),
                    "a-1",
                        new Intake.PartitionIntake(45 * version, 40 * version, 3, 2, new byte[0])),
                null),
            0.25));
  }
}
