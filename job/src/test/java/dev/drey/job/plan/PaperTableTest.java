package dev.drey.job.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PaperTableTest {

  @Test
  void nineStructuresPredictTheTenth() throws Exception {
    ModelFit a = ModelFit.of(PaperTable.cases().get(0));
    ModelFit b = ModelFit.of(PaperTable.cases().get(1));

    assertThat(a.rows()).hasSize(10);
    assertThat(b.rows()).hasSize(10);
    assertThat(a.looRmse()).isCloseTo(0.766, within(0.0005));
    assertThat(b.looRmse()).isCloseTo(2.399, within(0.0005));
    assertThat(a.r2()).isGreaterThan(0.98);
    assertThat(b.r2()).isGreaterThan(0.98);
    assertThat(a.heldAtZero()).isEmpty();
    assertThat(b.heldAtZero()).isEmpty();
  }

  @Test
  void secondsArePerIteration() {
    Measurement first = PaperTable.cases().get(1).rows().get(0);

    assertThat(first.structure()).hasToString("[1,5,22,100]");
    assertThat(first.seconds()).isCloseTo(39.46, within(1e-9));
  }
}
