package dev.drey.core.prequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.drey.core.aggregation.Tally;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PrequentialTest {

  @Test
  void theWindowIsOfTheLastSteps() {
    Prequential prequential = new Prequential(new Prequential.Settings(6, 1));
    prequential.add(step(4, 40, 0, 4));
    assertThat(prequential.window()).isEqualTo(new PrequentialScore(4, 10, 0, 1));

    prequential.add(step(4, 8, 3, 0));
    assertThat(prequential.window()).isEqualTo(new PrequentialScore(8, 6, 0.375, 0.5));

    prequential.add(step(2, 1, 2, 0));
    assertThat(prequential.window()).isEqualTo(new PrequentialScore(6, 1.5, 5.0 / 6, 0));
  }

  /** Equation 4 of the paper: S(i) = L(i) + a S(i-1), B(i) = 1 + a B(i-1), the mean is S / B. */
  @Test
  void fadesExampleByExampleWhereAStepIsOneExample() {
    double fading = 0.9;
    Prequential prequential = new Prequential(new Prequential.Settings(1, fading));
    SplittableRandom random = new SplittableRandom(1);
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < 100; i++) {
      double loss = random.nextDouble();
      sum = loss + fading * sum;
      weight = 1 + fading * weight;
      prequential.add(step(1, loss, 1, loss));

      assertThat(prequential.faded().loss()).isCloseTo(sum / weight, within(1e-12));
      assertThat(prequential.faded().absoluteError()).isCloseTo(sum / weight, within(1e-12));
      assertThat(prequential.faded().accuracy()).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void aStepOfManyFadesWhatWasBeforeByAsManyFactors() {
    Prequential prequential = new Prequential(new Prequential.Settings(10, 0.5));
    prequential.add(step(1, 8, 0, 0));
    prequential.add(step(3, 0, 3, 0));

    assertThat(prequential.faded()).isEqualTo(new PrequentialScore(3.125, 0.32, 0.96, 0));
  }

  @Test
  void aStepWithoutExamplesChangesNothing() {
    Prequential prequential = new Prequential(Prequential.Settings.DEFAULT);
    prequential.add(Tally.ZERO);
    assertThat(prequential.window().loss()).isNaN();
    assertThat(prequential.faded().loss()).isNaN();

    prequential.add(step(2, 1, 1, 0));
    byte[] before = prequential.toBytes();
    prequential.add(new Tally(0, 0, 0, 3, 0, 20));
    assertThat(prequential.toBytes()).isEqualTo(before);
  }

  @Test
  void goesOnFromItsBytes() {
    Prequential.Settings settings = new Prequential.Settings(50, 0.99);
    Prequential through = new Prequential(settings);
    Prequential restored = new Prequential(settings);
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 200; i++) {
      Tally step =
          step(random.nextInt(1, 20), random.nextDouble(), random.nextInt(20), random.nextDouble());
      through.add(step);
      restored.add(step);
      restored = Prequential.of(settings, restored.toBytes());
      assertThat(restored.window()).isEqualTo(through.window());
      assertThat(restored.faded()).isEqualTo(through.faded());
    }
    assertThat(Prequential.of(settings, null).window())
        .isEqualTo(new Prequential(settings).window());
  }

  @Test
  void stateOfAnotherVersionIsRefused() {
    Prequential.Settings settings = Prequential.Settings.DEFAULT;
    byte[] state = new Prequential(settings).toBytes();
    state[0] = 9;

    assertThatThrownBy(() -> Prequential.of(settings, state)).hasMessageContaining("version 9");
  }

  @Test
  void settingsThatForgetAllOrNothingAreRefused() {
    assertThatThrownBy(() -> new Prequential.Settings(0, 1)).hasMessageContaining("window is 0");
    assertThatThrownBy(() -> new Prequential.Settings(1, 0)).hasMessageContaining("fading is 0");
  }

  private static Tally step(long examples, double lossSum, long correct, double absoluteErrorSum) {
    return new Tally(examples, lossSum, correct, 1, 0, 10, absoluteErrorSum);
  }
}
