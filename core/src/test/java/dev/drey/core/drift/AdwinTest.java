package dev.drey.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdwinTest {

  private static final double DELTA = 0.01;

  /** ADWIN0: keeps every value, and looks at every cut. */
  private static final class EveryCut {

    private final List<Double> window = new ArrayList<>();

    boolean add(double value) {
      window.add(value);
      boolean cut = false;
      for (int n0 = cut(); n0 > 0; n0 = cut()) {
        window.subList(0, n0).clear();
        cut = true;
      }
      return cut;
    }

    /** Values before the clearest cut, 0 if there is none. */
    int cut() {
      int n = window.size();
      double mean = mean(0, n);
      double variance = window.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum() / n;
      double clearest = 1;
      int cut = 0;
      for (int n0 = Adwin.LEAST; n0 <= n - Adwin.LEAST; n0++) {
        int n1 = n - n0;
        double m = 1 / (1.0 / n0 + 1.0 / n1);
        double logarithm = Math.log(2 / (DELTA / Math.log(n)));
        double most = Math.sqrt(2 / m * variance * logarithm) + 2 / (3 * m) * logarithm;
        double clearness = Math.abs(mean(0, n0) - mean(n0, n)) / most;
        if (clearness >= clearest) {
          clearest = clearness;
          cut = n0;
        }
      }
      return cut;
    }

    private double mean(int from, int to) {
      return window.subList(from, to).stream().mapToDouble(x -> x).average().orElseThrow();
    }
  }

  /** Plateaus of random lengths and heights, with noise. */
  private static List<Double> plateaus(long seed) {
    Random random = new Random(seed);
    List<Double> values = new ArrayList<>();
    while (values.size() < 300) {
      double height = 0.2 + 0.6 * random.nextDouble();
      for (int length = 20 + random.nextInt(60); length > 0; length--) {
        values.add(height + 0.2 * (random.nextDouble() - 0.5));
      }
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void withABucketPerValueItIsTheReferenceOfEveryCut(long seed) {
    Adwin adwin = new Adwin(DELTA, Integer.MAX_VALUE);
    EveryCut reference = new EveryCut();
    int cuts = 0;
    for (double value : plateaus(seed)) {
      boolean cut = reference.add(value);
      assertThat(adwin.add(value).isPresent()).isEqualTo(cut);
      assertThat(adwin.width()).isEqualTo(reference.window.size());
      cuts += cut ? 1 : 0;
    }
    assertThat(cuts).isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatTheHistogramCutsTheReferenceWouldCutToo(long seed) {
    Adwin adwin = new Adwin(DELTA, Adwin.PER_SIZE);
    EveryCut reference = new EveryCut();
    int cuts = 0;
    for (double value : plateaus(seed)) {
      reference.window.add(value);
      boolean mayCut = reference.cut() > 0;
      Optional<Shift> shift = adwin.add(value);
      if (shift.isPresent()) {
        assertThat(mayCut).isTrue();
        int dropped = (int) (reference.window.size() - adwin.width());
        assertThat(shift.get().before()).isCloseTo(reference.mean(0, dropped), within());
        assertThat(shift.get().after())
            .isCloseTo(reference.mean(dropped, reference.window.size()), within());
        reference.window.subList(0, dropped).clear();
        cuts++;
      }
      assertThat(adwin.width()).isEqualTo(reference.window.size());
    }
    assertThat(cuts).isPositive();
  }

  /** 300 values, each sum rounded to 1 in 2^53. */
  private static Offset<Double> within() {
    return Offset.offset(1e-12);
  }

  @Test
  void aLongWindowTakesFewBuckets() {
    Adwin adwin = Adwin.Settings.DEFAULT.open(null);
    for (int i = 0; i < 100_000; i++) {
      adwin.add(i % 2);
    }

    assertThat(adwin.width()).isEqualTo(100_000);
    assertThat(adwin.buckets()).isLessThanOrEqualTo(Adwin.PER_SIZE * 17);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -1, Double.NaN})
  void aDeltaThatIsNoChanceIsRefused(double delta) {
    assertThatThrownBy(() -> new Adwin.Settings(delta)).hasMessageContaining("delta is " + delta);
  }
}
