package dev.drey.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParetoFrontTest {

  /** A point as the front holds it. */
  private record Point(double seconds, double dollars, PlanChoice choice) {}

  private static final Comparator<Point> ORDER =
      Comparator.comparing(Point::seconds)
          .thenComparing(Point::dollars)
          .thenComparing(point -> point.choice().workers())
          .thenComparing(point -> point.choice().memoryMb())
          .thenComparing(point -> point.choice().localSteps());

  @Test
  void whatIsSlowerMustBeCheaper() {
    ParetoFront front = new ParetoFront(0);
    front.add(1, 10, new PlanChoice(1, 128, 1).packed());
    front.add(2, 10, new PlanChoice(2, 128, 1).packed());
    front.add(3, 9, new PlanChoice(3, 128, 1).packed());
    front.add(3, 8, new PlanChoice(4, 128, 1).packed());

    assertThat(points(front))
        .containsExactly(
            new Point(1, 10, new PlanChoice(1, 128, 1)),
            new Point(3, 8, new PlanChoice(4, 128, 1)));
  }

  @Test
  void choicesAreReadAsTheyWerePacked() {
    for (PlanChoice choice :
        List.of(new PlanChoice(1, 128, 1), new PlanChoice(100_000, 10_240, 1_000_000))) {
      assertThat(PlanChoice.of(choice.packed())).isEqualTo(choice);
    }
  }

  /** Numbers are coarse, so that many are equal. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void mergedFrontsAreTheFrontOfAllPoints(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Point> all = new ArrayList<>();
    ParetoFront merged = new ParetoFront(0);
    for (int i = 0; i < 8; i++) {
      List<Point> some = new ArrayList<>();
      for (int j = random.nextInt(10); j > 0; j--) {
        some.add(
            new Point(
                random.nextInt(1, 12),
                random.nextInt(1, 12),
                new PlanChoice(
                    random.nextInt(1, 4), random.nextInt(128, 131), random.nextInt(1, 3))));
      }
      some.sort(Comparator.comparing(Point::seconds));
      ParetoFront front = new ParetoFront(4);
      some.forEach(p -> front.add(p.seconds(), p.dollars(), p.choice().packed()));
      merged = merged.merge(front);
      all.addAll(some);
    }

    List<Point> byForce = new ArrayList<>();
    for (Point point : all.stream().sorted(ORDER).toList()) {
      if (byForce.isEmpty() || point.dollars() < byForce.get(byForce.size() - 1).dollars()) {
        byForce.add(point);
      }
    }
    assertThat(points(merged)).isEqualTo(byForce);
  }

  private static List<Point> points(ParetoFront front) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < front.size(); i++) {
      points.add(new Point(front.seconds(i), front.dollars(i), front.choice(i)));
    }
    return points;
  }
}
