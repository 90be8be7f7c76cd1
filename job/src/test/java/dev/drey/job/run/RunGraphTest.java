package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.layer.Dense;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.network.WorkerMemory;
import dev.drey.core.stream.Encoder;
import dev.drey.job.prepare.PreparedStream;
import dev.drey.job.specification.RunSpecification;
import dev.drey.operators.loop.Generation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Savepoints of every version are read by these names: none may change. */
@Timeout(60)
class RunGraphTest {

  private static final LoopPorts NO_PORTS =
      new LoopPorts(
          () -> {
            throw new IllegalStateException("nothing is run");
          },
          () -> {
            throw new IllegalStateException("nothing is run");
          });

  @TempDir private Path directory;

  @Test
  void theUidsOfARunOnADataSet() throws Exception {
    PreparedRun run = new SmallRun(directory).inProcess().prepared();

    assertThat(uids(run, JobStart.first(run)))
        .containsExactlyInAnyOrder(
            "mini-batches",
            "dispatch",
            "aggregate-1",
            "aggregate-root",
            "parameter-server",
            "curve",
            "model",
            "dead-letters");
  }

  @Test
  void theUidsOfALaterGeneration() throws Exception {
    PreparedRun run = new SmallRun(directory).inProcess().set("workers.count", "8").prepared();
    JobStart stage =
        new JobStart(
            new Generation(2, Structure.of(1, 2, 4, 8), 16),
            OptionalDouble.empty(),
            SavepointRestoreSettings.none());

    assertThat(uids(run, stage))
        .containsExactlyInAnyOrder(
            "mini-batches@2",
            "dispatch@2",
            "aggregate-1@2",
            "aggregate-2@2",
            "aggregate-root@2",
            "parameter-server",
            "curve",
            "model",
            "dead-letters");
  }

  @Test
  void theUidsOfARunOnAStreamThatWritesEverythingItCan() throws Exception {
    PreparedRun run = stream("gate: {examples: 200}");

    assertThat(uids(run, JobStart.first(run)))
        .containsExactlyInAnyOrder(
            "mini-batches",
            "reject",
            "dispatch",
            "aggregate-1",
            "aggregate-root",
            "parameter-server",
            "curve",
            "curve-topic",
            "Sink Committer: curve-topic",
            "model",
            "dead-letters",
            "rejected-records",
            "Sink Committer: rejected-records",
            "drifts",
            "lag",
            "drifts-topic",
            "Sink Committer: drifts-topic",
            "recent-examples",
            "publish",
            "publications",
            "announcements",
            "Sink Committer: announcements");
  }

  @Test
  void aGateChangesNoOtherUid() throws Exception {
    PreparedRun gated = stream("gate: {examples: 200}");
    List<String> all = uids(gated, JobStart.first(gated));
    PreparedRun run = stream("");

    List<String> ungated = uids(run, JobStart.first(run));

    assertThat(all).containsAll(ungated);
    assertThat(all).hasSize(ungated.size() + 1).contains("recent-examples");
  }

  private List<String> uids(PreparedRun run, JobStart stage) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.setParallelism(2);
    RunGraph.draw(env, run, new TrainingLoop(run), NO_PORTS, stage);
    return env.getStreamGraph().getStreamNodes().stream()
        .map(StreamNode::getTransformationUID)
        .map(Objects::requireNonNull)
        .toList();
  }

  private PreparedRun stream(String gate) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("flights.yaml"),
            """
            network:
              layers:
                - dense: {units: 2}
            data:
              kafka: {bootstrap-servers: "localhost:9092", topics: flights}
              format: json
              features:
                - number: {field: distance}
              label:
                above: {field: delay, threshold: 15}
              dead-letter-topic: dead
            training: {drift: {reaction: none}}
            workers: {count: 2, runtime: in-process}
            output: {publish: {every: 10, announce: models, GATE}, metrics-topic: curve}
            """
                .replace("GATE", gate));
    RunSpecification specification = RunSpecification.read(file, Map.of());
    NetworkSpec network =
        new NetworkSpec(
            List.of(1), List.of(new Dense(2, null, null)), new Loss.SoftmaxCrossEntropy());
    return new PreparedRun(
        GivenPlan.of(specification),
        new PreparedStream(
            specification.stream().orElseThrow(),
            network,
            new Shape(),
            1,
            WorkerMemory.of(network, 100, 0, 0)),
        directory,
        Map.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** One number and one label; makes no example. */
  private static final class Shape implements Encoder.Factory {
    private static final long serialVersionUID = 1L;

    @Override
    public Encoder open(byte @Nullable [] learnt) {
      throw new IllegalStateException("nothing is run");
    }

    @Override
    public int features() {
      return 1;
    }

    @Override
    public int labels() {
      return 1;
    }
  }
}
