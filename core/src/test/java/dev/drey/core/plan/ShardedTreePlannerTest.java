package dev.drey.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardedTreePlannerTest {

  /** Of a vector that takes a tenth of a second to move, on so many tasks. */
  private static StepModel model(int tasks, int shards, double perMessage) {
    return new StepModel(0.5, 0.1 + shards * perMessage, 0.002, new OnTasks(tasks, shards));
  }

  @Test
  void cheapMessagesMakeAShardForEveryTask() {
    ShardedTreePlanner planner = ShardedTreePlanner.upTo(100, 16, s -> model(4, s, 1e-5));

    ShardedTreePlanner.Choice choice = planner.best(100);

    assertThat(choice.shards()).isEqualTo(4);
    assertThat(choice.seconds()).isEqualTo(model(4, 4, 1e-5).seconds(choice.structure()));
  }

  @Test
  void messagesThatCostAsMuchAsTheVectorLeaveItWhole() {
    assertThat(ShardedTreePlanner.upTo(100, 16, s -> model(4, s, 0.1)).best(100).shards())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"1, 1e-4", "2, 1e-3", "3, 1e-2", "8, 1e-3", "8, 0"})
  void noTreeWithAnyNumberOfShardsIsBetter(int tasks, double perMessage) {
    int most = 4 * tasks;
    ShardedTreePlanner planner =
        ShardedTreePlanner.upTo(24, most, s -> model(tasks, s, perMessage));
    for (int slots = 2; slots <= 24; slots++) {
      int n = slots;
      double[] least =
          IntStream.rangeClosed(1, most)
              .mapToDouble(s -> EveryTree.leastSeconds(n, model(tasks, s, perMessage)))
              .toArray();
      ShardedTreePlanner.Choice choice = planner.best(slots);
      double best = IntStream.range(0, most).mapToDouble(i -> least[i]).min().orElseThrow();
      assertThat(choice.seconds()).isCloseTo(best, within(1e-12 * best));
      for (int fewer = 1; fewer < choice.shards(); fewer++) {
        assertThat(least[fewer - 1]).isGreaterThan(best * (1 + 1e-13));
      }
    }
  }

  @Test
  void noShardsAreRefused() {
    assertThatThrownBy(() -> ShardedTreePlanner.upTo(10, 0, s -> model(2, s, 0)))
        .hasMessage("up to 0 shards, must be at least 1");
  }
}
