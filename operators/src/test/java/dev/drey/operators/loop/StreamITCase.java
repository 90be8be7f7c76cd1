package dev.drey.operators.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.stream.Position;
import dev.drey.operators.TestingWeightStore;
import dev.drey.operators.coordination.Progress;
import dev.drey.operators.records.TestingEncoder;
import dev.drey.operators.records.TestingTopic;
import dev.drey.operators.stream.StreamSteps;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The loop on a stream, on a small Flink. */
@Timeout(120)
class StreamITCase {

  private static final int MINI_BATCH = 3;
  private static final Duration WAIT = Duration.ofMillis(20);

  @TempDir Path directory;
  private String id = "";
  private TestingTopic topic = TestingTopic.of("");

  @BeforeEach
  void name(TestInfo test) {
    id = test.getTestMethod().orElseThrow().getName() + test.getDisplayName();
    topic = TestingTopic.of(id);
  }

  @AfterEach
  void forget() {
    PureWorker.forget(id);
    TestingWeightStore.forget(id);
    TestingTopic.forget(id);
  }

  @ParameterizedTest
  @CsvSource({"1-4, 1", "1-3-10, 2"})
  void aStreamThatEndsIsTrainedOnOnce(String structure, int parallelism) throws Exception {
    topic.fill("p0", 400).fill("p1", 150).close();

    TestingJob.Outcome outcome =
        new TestingJob(run(structure, WAIT, 0), directory, parallelism).run();

    assertThatAllWasTakenOnce(outcome, false);
    assertThat(outcome.progress().version()).isGreaterThan(10);
  }

  /** Everything of the topic, in the account and in the sums. */
  private void assertThatAllWasTakenOnce(TestingJob.Outcome outcome, boolean holdsOut) {
    long trained = 0;
    long numbers = 0;
    Set<Position> malformed = new HashSet<>();
    for (String partition : topic.partitions()) {
      long held = 0;
      long bad = 0;
      for (long offset = 0; offset < topic.end(partition); offset++) {
        if (TestingEncoder.isMalformed(offset)) {
          malformed.add(new Position(partition, offset));
          bad++;
        } else if (holdsOut && TestingEncoder.isHeldOut(offset)) {
          held++;
        } else {
          trained++;
          numbers += StreamWorker.number(Integer.parseInt(partition.substring(1)), offset);
        }
      }
      var reach = outcome.progress().intake().partitions().get(partition);
      assertThat(reach.nextOffset()).isEqualTo(topic.end(partition));
      assertThat(reach.rejected()).isEqualTo(bad);
      assertThat(reach.heldOut()).isEqualTo(held);
      assertThat(reach.trained()).isEqualTo(topic.end(partition) - bad - held);
    }
    Progress last = outcome.progress();
    assertThat(last.intake().trained()).isEqualTo(trained);
    assertThat(last.totals().examples() + last.account().dropped().total()).isEqualTo(trained);
    if (last.account().dropped().total() == 0) {
      assertThat(last.totals().correct()).isEqualTo(numbers);
    }
    assertThat(outcome.rejected()).isEqualTo(malformed);
  }

  private StreamRun run(String structure, @Nullable Duration maxWait, long evaluateEvery) {
    return new StreamRun(
        id,
        Structure.parse(structure),
        new StreamSteps(MINI_BATCH, maxWait, Long.MAX_VALUE, evaluateEvery, 20),
        2);
  }
}
