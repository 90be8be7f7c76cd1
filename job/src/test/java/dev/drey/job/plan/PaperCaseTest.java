package dev.drey.job.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PaperCaseTest {

  private final PaperCase a = PaperCase.both().get(0);
  private final PaperCase b = PaperCase.both().get(1);

  @Test
  void nineStructuresPredictTheTenth() {
    assertThat(a.fit().rows()).hasSize(10);
    assertThat(b.fit().rows()).hasSize(10);
    assertThat(a.fit().looRmse()).isCloseTo(0.766, within(0.0005));
    assertThat(b.fit().looRmse()).isCloseTo(2.399, within(0.0005));
    assertThat(List.of(a, b))
        .allSatisfy(
            one -> {
              assertThat(one.fit().r2()).isGreaterThan(0.98);
              assertThat(one.fit().heldAtZero()).isEmpty();
            });
  }

  @Test
  void anIterationOfTheirChoiceCostsWhatTheyPaid() {
    assertThat(a.chosen().measurement().structure()).hasToString("[1,5,22,100]");
    assertThat(a.dollars(a.chosen().measurement().seconds())).isCloseTo(0.0095, within(5e-5));
    assertThat(b.chosen().measurement().seconds()).isCloseTo(39.46, within(1e-9));
    assertThat(b.dollars(b.chosen().measurement().seconds())).isCloseTo(0.0988, within(5e-5));
  }

  @Test
  void theBestStructureIsNoSlowerThanAnyMeasured() {
    assertThat(List.of(a, b))
        .allSatisfy(
            one -> {
              assertThat(one.best().slots()).isEqualTo(100);
              assertThat(one.fit().rows())
                  .allSatisfy(
                      row -> assertThat(row.predicted()).isGreaterThanOrEqualTo(one.bestSeconds()));
            });
  }
}
