package dev.drey.operators.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.parameters.Range;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.WorkerException;
import dev.drey.core.worker.WorkerException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class BisectionTest {

  private final List<Range> probes = new ArrayList<>();

  @Test
  void theFaultyExampleIsFound() {
    Bisection bisection = search(8, 2, Kind.CRASHED, 5);

    assertThat(bisection.condemned().keySet()).containsExactly(5);
    assertThat(bisection.condemned().get(5)).hasMessage("[5, 6)");
    assertThat(probes)
        .containsExactly(
            new Range(0, 4),
            new Range(4, 8),
            new Range(4, 6),
            new Range(6, 8),
            new Range(4, 5),
            new Range(5, 6),
            new Range(5, 6)); // twice, to be sure
  }

  @Test
  void whatCannotPassIsCondemnedAtOnce() {
    Bisection bisection = search(8, 5, Kind.BAD_DATA, 0);

    assertThat(bisection.condemned().keySet()).containsExactly(0);
    assertThat(probes).hasSize(6);
  }

  @Test
  void aSingleRowNeedsNoProbe() {
    assertThat(search(1, 3, Kind.CRASHED, 0).condemned().keySet()).containsExactly(0);
    assertThat(probes).isEmpty();
  }

  @Test
  void aFailureThatWasNobodysCondemnsNobody() {
    assertThat(search(64, 3, Kind.CRASHED).condemned()).isEmpty();
    assertThat(probes).containsExactly(new Range(0, 32), new Range(32, 64));
  }

  @Test
  void anExampleThatPassesInTheEndIsGood() {
    int[] failures = {0};

    Bisection bisection =
        search(4, 3, Kind.CRASHED, range -> range.from() == 0 && failures[0]++ < 3);

    assertThat(bisection.condemned()).isEmpty();
    assertThat(probes)
        .containsExactly(
            new Range(0, 2),
            new Range(2, 4),
            new Range(0, 1),
            new Range(0, 1),
            new Range(0, 1),
            new Range(1, 2));
  }

  @Test
  void fourFailingQuartersAreNoMatterOfSingleExamples() {
    Bisection bisection = search(64, 3, Kind.NOT_FINITE, 3, 17, 40, 63);

    assertThat(bisection.condemned()).hasSize(64);
    assertThat(probes).hasSize(6);
  }

  @Test
  void threeFailingQuartersAreSearched() {
    Bisection bisection = search(64, 1, Kind.CRASHED, 3, 17, 40);

    assertThat(bisection.condemned().keySet()).containsExactly(3, 17, 40);
  }

  @Test
  void twoRowsHaveNoQuarters() {
    assertThat(search(2, 1, Kind.CRASHED, 0).condemned().keySet()).containsExactly(0);
    assertThat(search(3, 1, Kind.CRASHED, 0, 1).condemned().keySet()).containsExactly(0, 1);
  }

  @Test
  void whenProbesRunOutAllThatIsSuspectIsCondemned() {
    int[] bad = IntStream.range(0, 64).filter(row -> row % 4 == 0 && row < 48).toArray();

    Bisection bisection = search(64, 100, Kind.CRASHED, bad);

    assertThat(probes).hasSize(Bisection.mostProbes(64));
    assertThat(bisection.condemned().keySet())
        .contains(IntStream.of(bad).boxed().toArray(Integer[]::new))
        .allMatch(row -> row < 48); // the last quarter passed
  }

  @Test
  void probesAreBounded() {
    assertThat(Bisection.mostProbes(1)).isEqualTo(8);
    assertThat(Bisection.mostProbes(2)).isEqualTo(12);
    assertThat(Bisection.mostProbes(64)).isEqualTo(32);
    assertThat(Bisection.mostProbes(65)).isEqualTo(36);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 64, 1000})
  void faultyExamplesAreAlwaysAmongTheCondemned(int rows) {
    SplittableRandom random = new SplittableRandom(rows);
    for (int round = 0; round < 50; round++) {
      probes.clear();
      int[] bad = random.ints(1 + random.nextInt(3), 0, rows).distinct().toArray();

      Set<Integer> condemned =
          search(rows, 1 + random.nextInt(3), Kind.CRASHED, bad).condemned().keySet();

      assertThat(condemned).containsAll(IntStream.of(bad).boxed().toList());
      assertThat(probes.size()).isLessThanOrEqualTo(Bisection.mostProbes(rows));
      if (bad.length == 1) {
        assertThat(condemned).hasSize(1);
      }
    }
  }

  private Bisection search(int rows, int attempts, Kind kind, int... bad) {
    Set<Integer> poison = new TreeSet<>(IntStream.of(bad).boxed().toList());
    return search(
        rows,
        attempts,
        kind,
        range -> poison.stream().anyMatch(row -> row >= range.from() && row < range.to()));
  }

  private Bisection search(int rows, int attempts, Kind kind, Predicate<Range> fails) {
    Bisection bisection = new Bisection(rows, attempts, failure(kind, "all"));
    while (bisection.next().isPresent()) {
      Range range = bisection.next().get();
      probes.add(range);
      if (fails.test(range)) {
        bisection.failed(failure(kind, range.toString()));
      } else {
        bisection.passed();
      }
    }
    return bisection;
  }

  private static WorkerException failure(Kind kind, String message) {
    return new WorkerException(kind, message, Bill.NOTHING, null);
  }
}
