package dev.drey.job.resume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.aggregation.Structure;
import dev.drey.operators.loop.Generation;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationIndexTest {

  private static final Generation FIRST = Generation.first(Structure.of(1, 100));
  private static final Generation SECOND = new Generation(1, Structure.of(1, 10, 100), 240);
  private static final JobID ONE = JobID.fromHexString("11111111111111111111111111111111");
  private static final JobID TWO = JobID.fromHexString("22222222222222222222222222222222");

  @TempDir private Path run;
  private GenerationIndex index;

  @BeforeEach
  void makeIndex() {
    index = new GenerationIndex(run);
  }

  @Test
  void aCheckpointIsOfItsJobsGeneration() throws Exception {
    index.add(FIRST, ONE);
    index.add(SECOND, TWO);

    assertThat(index.of(run.resolve("checkpoints/" + ONE + "/chk-9"))).contains(FIRST);
    assertThat(index.of(run.resolve("checkpoints/" + TWO + "/chk-10"))).contains(SECOND);
    assertThat(index.of(run.resolve("checkpoints/" + new JobID() + "/chk-9"))).isEmpty();
    assertThat(run.resolve("structures.csv"))
        .hasContent(
            """
            generation,from_step,structure,job
            0,0,1-100,11111111111111111111111111111111
            1,240,1-10-100,22222222222222222222222222222222
            """);
  }

  @Test
  void aSavepointTellsItsJobsFirstDigits() throws Exception {
    index.add(FIRST, ONE);
    index.add(SECOND, TWO);

    assertThat(index.of(run.resolve("s/savepoint-222222-0a1b2c3d4e5f"))).contains(SECOND);
    assertThat(index.of(run.resolve("s/savepoint-333333-0a1b2c3d4e5f"))).isEmpty();
  }

  @Test
  void aNumberIsTakenOnceEvenIfItsJobNeverStarted() throws Exception {
    index.add(FIRST, ONE);
    index.add(SECOND, TWO);
    index.add(FIRST, new JobID()); // resumes from a checkpoint of the first

    assertThat(index.next()).isEqualTo(2);
  }

  @Test
  void aRunOfOneStructureHasNoneNoted() throws Exception {
    assertThat(index.of(run.resolve("checkpoints/" + ONE + "/chk-9"))).isEmpty();
    assertThat(index.next()).isOne();
  }

  @Test
  void aLineThatWasNotWrittenToItsEndIsOfNoJob() throws Exception {
    index.add(FIRST, ONE);
    Files.writeString(
        run.resolve("structures.csv"),
        Files.readString(run.resolve("structures.csv")) + "1,240,1-10");

    assertThat(index.of(run.resolve("checkpoints/" + ONE + "/chk-9"))).contains(FIRST);
    assertThat(index.next()).isOne();
  }
}
