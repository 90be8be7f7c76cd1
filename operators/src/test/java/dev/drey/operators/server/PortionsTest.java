package dev.drey.operators.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.network.Statistic;
import dev.drey.core.parameters.Range;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortionsTest {

  private static final List<Statistic> STATISTICS =
      List.of(
          new Statistic(new Range(0, 2), 0.1f),
          new Statistic(new Range(5, 8), 0.2f),
          new Statistic(new Range(8, 9), 0.3f),
          new Statistic(new Range(12, 14), 0.4f));

  @Test
  void aShardIsTrainedButForItsStatistics() {
    Portions portions = Portions.of(new Range(0, 14), STATISTICS);

    assertThat(portions.trained()).containsExactly(new Range(2, 5), new Range(9, 12));
    assertThat(portions.statistics()).isEqualTo(STATISTICS);
  }

  @Test
  void indicesCountFromTheShardsFirstParameter() {
    Portions portions = Portions.of(new Range(3, 7), STATISTICS);

    assertThat(portions.trained()).containsExactly(new Range(0, 2));
    assertThat(portions.statistics()).containsExactly(new Statistic(new Range(2, 4), 0.2f));
  }

  @Test
  void withoutStatisticsAllIsTrained() {
    Portions portions = Portions.of(new Range(3, 7), List.of());

    assertThat(portions.trained()).containsExactly(new Range(0, 4));
    assertThat(portions.statistics()).isEmpty();
  }

  @Test
  void everyParameterOfEveryShardIsInOnePortion() {
    for (int from = 0; from < 16; from++) {
      for (int to = from; to < 16; to++) {
        Portions portions = Portions.of(new Range(from, to), STATISTICS);
        BitSet seen = new BitSet();
        int values = 0;
        for (Range trained : portions.trained()) {
          seen.set(trained.from(), trained.to());
          values += trained.length();
        }
        for (Statistic statistic : portions.statistics()) {
          seen.set(statistic.range().from(), statistic.range().to());
          values += statistic.range().length();
        }
        assertThat(values).isEqualTo(to - from);
        assertThat(seen.cardinality()).isEqualTo(to - from);
        assertThat(seen.length()).isEqualTo(to - from);
      }
    }
  }
}
