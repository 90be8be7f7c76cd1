package dev.drey.core.plan;

import dev.drey.core.aggregation.Structure;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The optimal plans of a space: the Pareto front of seconds and dollars over every number of
 * workers, memory size and number of local steps. The optimum by any objective that is monotone in
 * both lies on it. Ties go to the cheaper plan, then to fewer workers, then less memory, then fewer
 * local steps. Takes one or two seconds for 10,000 workers. Thread-safe.
 */
public final class Planner {

  private final Estimates estimates;
  private final PlanSpace space;
  private final TreePlanner trees;
  private final ParetoFront front;

  /**
   * Searches the whole space.
   *
   * @throws IllegalArgumentException if local steps make a step longer than an epoch
   * @throws InfeasiblePlanException if no plan of the space is feasible
   */
  public Planner(Profile profile, Workload workload, PlanSpace space) {
    this.estimates = new Estimates(profile, workload, space.placement(), space.tariff());
    this.space = space;
    space.localSteps().forEach(estimates::checkLocalSteps);
    this.trees = TreePlanner.upTo(space.mostWorkers(workload), estimates.tree());
    this.front = new PlanSearch(estimates, space, trees).front();
  }

  /** The plan with the shortest epoch. */
  public Plan fastest() {
    return plan(0);
  }

  /** The plan with the cheapest epoch. */
  public Plan cheapest() {
    return plan(front.size() - 1);
  }

  /** The plan with the greatest R = f / (C t), operations per dollar and second (Feng et al.). */
  public Plan bestRatio() {
    int best = 0;
    for (int i = 1; i < front.size(); i++) {
      if (front.dollars(i) * front.seconds(i) <= front.dollars(best) * front.seconds(best)) {
        best = i;
      }
    }
    return plan(best);
  }

  /**
   * The plan with the shortest epoch among those whose epoch costs at most {@code dollars}.
   *
   * @throws InfeasiblePlanException if none is as cheap
   */
  public Plan fastestFor(double dollars) {
    Check.aboveZero("the budget in dollars", dollars);
    for (int i = 0; i < front.size(); i++) {
      if (front.dollars(i) <= dollars) {
        return plan(i);
      }
    }
    Plan cheapest = cheapest();
    throw new InfeasiblePlanException(
        "no plan trains an epoch for $%s; the cheapest costs %s and takes %s"
            .formatted(
                Amounts.plain(dollars),
                Amounts.dollars(cheapest.dollars()),
                Amounts.seconds(cheapest.seconds())));
  }

  /**
   * The plan with the cheapest epoch among those whose epoch takes at most {@code seconds}.
   *
   * @throws InfeasiblePlanException if none is as fast
   */
  public Plan cheapestWithin(double seconds) {
    Check.aboveZero("the deadline in seconds", seconds);
    for (int i = front.size() - 1; i >= 0; i--) {
      if (front.seconds(i) <= seconds) {
        return plan(i);
      }
    }
    Plan fastest = fastest();
    throw new InfeasiblePlanException(
        "no plan ends an epoch within %s s; the fastest takes %s and costs %s"
            .formatted(
                Amounts.plain(seconds),
                Amounts.seconds(fastest.seconds()),
                Amounts.dollars(fastest.dollars())));
  }

  /**
   * All Pareto-optimal plans by seconds and dollars of an epoch, from the fastest to the cheapest.
   */
  public List<Plan> paretoFront() {
    return IntStream.range(0, front.size()).mapToObj(this::plan).toList();
  }

  private Plan plan(int index) {
    PlanChoice choice = front.choice(index);
    return estimates.plan(
        trees.structure(choice.workers()),
        trees.seconds(choice.workers()),
        choice.memoryMb(),
        choice.localSteps());
  }

  /** The estimate of any plan, in the space or not: {@link Estimates#plan}. */
  public Plan plan(Structure structure, int memoryMb, int localSteps) {
    return estimates.plan(structure, memoryMb, localSteps);
  }

  /**
   * Time and cost of an epoch with the best tree, for every feasible memory size of the space.
   *
   * @param workers in [1, the most of the space]
   * @throws InfeasiblePlanException if no memory size is feasible
   */
  public List<MemoryPoint> byMemory(int workers, int localSteps) {
    int most = space.mostWorkers(estimates.workload());
    if (workers < 1 || workers > most) {
      throw new IllegalArgumentException(
          "workers are " + workers + ", must be in [1, " + most + "]");
    }
    estimates.checkMemory(workers, space.memoryMb().most());
    Structure structure = trees.structure(workers);
    int least = Math.max(space.memoryMb().least(), estimates.leastMemoryMb(workers));
    return IntStream.rangeClosed(least, space.memoryMb().most())
        .mapToObj(memoryMb -> plan(structure, memoryMb, localSteps))
        .map(plan -> new MemoryPoint(plan.memoryMb(), plan.seconds(), plan.dollars(), plan.ratio()))
        .toList();
  }
}
