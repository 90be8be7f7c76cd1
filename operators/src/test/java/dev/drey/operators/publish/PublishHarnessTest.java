package dev.drey.operators.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.stream.Intake;
import dev.drey.operators.server.VersionShard;
import dev.drey.operators.server.VersionShardSerializer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@SuppressWarnings("try") // of the harness's close: it declares Exception
class PublishHarnessTest {

  static final Intake INTAKE =
      new Intake(
          Map.of("flights-0", new Intake.PartitionIntake(90, 80, 5, 5, new byte[] {1, 2})),
          new Intake.Written(10, 20));

  /** Tells what it would publish. */
  private static Publication told(Candidate candidate) {
    return new Publication(
        candidate.version(),
        candidate.account().examples(),
        candidate.account().loss(),
        Arrays.toString(candidate.weights()),
        "");
  }

  @Test
  void aVersionIsPublishedOnceAllItsShardsAreThere() throws Exception {
    try (var harness = harness(null)) {
      process(harness, rest(10), first(20));
      assertThat(harness.extractOutputValues()).isEmpty();

      process(harness, first(10), rest(20));

      assertThat(harness.extractOutputValues())
          .containsExactly(
              new Publication(10, 1000, 0.5, "[10.0, 11.0, 12.0]", ""),
              new Publication(20, 2000, 0.5, "[20.0, 21.0, 22.0]", ""));
    }
  }

  @Test
  void whatIsIncompleteIsCompletedAfterAFailure() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness(null)) {
      process(harness, first(10), rest(10), first(20), rest(30));
      state = harness.snapshot(1, 1);
      process(harness, rest(20));
    }
    try (var harness = harness(state)) {
      process(harness, rest(20), first(30));

      assertThat(harness.extractOutputValues())
          .extracting(Publication::version)
          .containsExactly(20L, 30L);
    }
  }

  @Test
  void aVersionWithoutItsAccountIsAFault() throws Exception {
    try (var harness = harness(null)) {
      VersionShard strange = new VersionShard(10, 0, new float[] {1, 2}, null);

      assertThatThrownBy(() -> process(harness, strange, rest(10)))
          .hasMessageContaining("version 10 has no account");
    }
  }

  @Test
  void shardsComeBackTheSame() throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(64);
    VersionShardSerializer.INSTANCE.serialize(first(10), out);
    VersionShardSerializer.INSTANCE.serialize(rest(10), out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());

    VersionShard first = VersionShardSerializer.INSTANCE.deserialize(in);
    VersionShard rest = VersionShardSerializer.INSTANCE.deserialize(in);

    assertThat(first).usingRecursiveComparison().isEqualTo(first(10));
    assertThat(rest).usingRecursiveComparison().isEqualTo(rest(10));
    byte[] other = out.getCopyOfBuffer();
    other[0] = 9;
    assertThatThrownBy(
            () -> VersionShardSerializer.INSTANCE.deserialize(new DataInputDeserializer(other)))
        .hasMessageContaining("format 9");
  }

  static VersionShard first(long version) {
    return new VersionShard(
        version,
        0,
        new float[] {version, version + 1},
        new VersionShard.Account(100 * version, INTAKE, 0.5));
  }

  static VersionShard rest(long version) {
    return new VersionShard(version, 2, new float[] {version + 2}, null);
  }

  private static void process(
      OneInputStreamOperatorTestHarness<VersionShard, Publication> harness, VersionShard... shards)
      throws Exception {
    for (VersionShard shard : List.of(shards)) {
      harness.processElement(new StreamRecord<>(shard));
    }
  }

  static OneInputStreamOperatorTestHarness<VersionShard, Publication> harness(
      @Nullable OperatorSubtaskState state) throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<>(
            new PublishOperator(3, PublishHarnessTest::told), VersionShardSerializer.INSTANCE);
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }
}
