package dev.drey.job.plan;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.plan.StepModel;
import dev.drey.core.plan.TreePlanner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The best structure for a fixed number of workers, and others for comparison.
 *
 * @param model of a step; its base is 0 if only the tree is modelled
 * @param others with their names, without the best
 */
public record TreeAdvice(StepModel model, Structure best, List<Other> others) {

  /**
   * A structure for comparison.
   *
   * @param name what characterises it
   */
  public record Other(String name, Structure structure) {

    /** Common structures for this number of workers; the first is flat. */
    static List<Other> all(int workers, StepModel model) {
      List<Other> all = new ArrayList<>();
      all.add(new Other("flat", Structure.of(1, workers)));
      all.add(new Other("rule of thumb", Structure.ruleOfThumb(workers)));
      IntStream.range(2, workers)
          .mapToObj(nodes -> Structure.of(1, nodes, workers))
          .min(Comparator.comparingDouble(model::seconds))
          .ifPresent(structure -> all.add(new Other("one level between", structure)));
      return all;
    }
  }

  public TreeAdvice {
    others = List.copyOf(others);
  }

  /** Finds the best structure. */
  public static TreeAdvice of(int workers, StepModel model) {
    Structure best = TreePlanner.upTo(workers, model).structure(workers);
    List<Other> others = new ArrayList<>(Other.all(workers, model));
    others.removeIf(other -> other.structure().equals(best));
    return new TreeAdvice(model, best, others);
  }
}
