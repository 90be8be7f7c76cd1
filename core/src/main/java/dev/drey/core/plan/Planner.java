package dev.drey.core.plan;

import dev.drey.core.aggregation.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The best plans of a space, exactly: the front of seconds and dollars over every number of
 * workers, memory size and number of local steps. What is best by any measure that falls with both
 * lies on it. Of equally good plans the cheaper is taken, then that with fewer workers, then with
 * less memory, then with fewer local steps. Takes a few seconds for 10,000 workers. Thread-safe.
 */
public final class Planner {

  private final Profile profile;
  private final Workload workload;
  private final PlanSpace space;
  private final StepModel model; // of the tree alone
  private final TreePlanner trees;
  private final Front front;

  /**
   * Searches the whole space.
   *
   * @throws IllegalArgumentException if local steps make a step longer than an epoch
   * @throws InfeasiblePlanException if no plan of the space runs
   */
  public Planner(Profile profile, Workload workload, PlanSpace space) {
    this.profile = profile;
    this.workload = workload;
    this.space = space;
    this.model = profile.tree().model(0, workload.vectorBytes(), space.placement());
    space.localSteps().forEach(this::checkLocalSteps);
    this.trees = TreePlanner.upTo(mostWorkers(), model);
    this.front = search();
  }

  private void checkLocalSteps(int localSteps) {
    long most = workload.examplesPerEpoch() / workload.examplesPerStep();
    if (localSteps < 1 || localSteps > most) {
      throw new IllegalArgumentException(
          "local steps are %d, must be in [1, %d]: that many steps of %,d examples an epoch of %,d has"
              .formatted(
                  localSteps, most, workload.examplesPerStep(), workload.examplesPerEpoch()));
    }
  }

  /** More workers than examples are never better. */
  private int mostWorkers() {
    return Math.max(
        space.workers().least(), Math.min(space.workers().most(), workload.examplesPerStep()));
  }

  private Front search() {
    int enough = enoughMemory();
    Front all = new Front(0);
    for (int workers : workerCounts()) {
      int least = leastMemory(workers);
      int most = Math.max(least, Math.min(space.memoryMb().most(), enough));
      if (least > space.memoryMb().most()) {
        continue;
      }
      for (int localSteps : space.localSteps()) {
        all = all.merge(byMemory(workers, localSteps, new Span(least, most)));
      }
    }
    if (all.size() == 0) {
      throw nothingRuns();
    }
    return all;
  }

  /**
   * The numbers of workers of the space that are the least for their mini-batch. No other can be
   * better: its slots do as much, and there are more of them, to be paid, waited for and added up.
   */
  private int[] workerCounts() {
    return IntStream.iterate(
            space.workers().least(),
            workers -> workers <= mostWorkers(),
            workers -> {
              int miniBatch = workload.miniBatch(workers);
              return miniBatch == 1 ? Integer.MAX_VALUE : workload.leastWorkers(miniBatch - 1);
            })
        .toArray();
  }

  /** The memory size from which on more makes nothing faster, and so only costs more. */
  private int enoughMemory() {
    WorkerSpeed speed = profile.slot().speed();
    int enough = space.memoryMb().most();
    while (enough > 1 && speed.slowdown(enough - 1) == speed.slowdown(enough)) {
      enough--;
    }
    return enough;
  }

  private int leastMemory(int workers) {
    return Math.max(
        space.memoryMb().least(), workload.leastMemoryMb().applyAsInt(workload.miniBatch(workers)));
  }

  private Front byMemory(int workers, int localSteps, Span memory) {
    StepFormula formula = formula(workers, localSteps, trees.seconds(workers));
    double steps = stepsPerEpoch(localSteps);
    Front curve = new Front(memory.most() - memory.least() + 1);
    for (int mb = memory.most(); mb >= memory.least() && !formula.isTooLong(mb); mb--) {
      StepEstimate step = formula.at(mb);
      curve.add(
          steps * step.total(),
          steps * space.tariff().dollars(step, workers, mb),
          new Choice(workers, mb, localSteps).packed());
    }
    return curve;
  }

  private StepFormula formula(int workers, int localSteps, double treeSeconds) {
    return new StepFormula(profile, workload, workers, localSteps, treeSeconds);
  }

  private double stepsPerEpoch(int localSteps) {
    return workload.examplesPerEpoch() / ((double) workload.examplesPerStep() * localSteps);
  }

  private InfeasiblePlanException nothingRuns() {
    int most = space.memoryMb().most();
    int frugal = 0;
    int quick = 0;
    double slowest = Double.POSITIVE_INFINITY;
    for (int workers : workerCounts()) {
      int least = leastMemory(workers);
      if (frugal == 0 || least < leastMemory(frugal)) {
        frugal = workers;
      }
      if (least <= most) {
        double seconds = formula(workers, space.localSteps().get(0), 0).slowest(most);
        if (seconds < slowest) {
          slowest = seconds;
          quick = workers;
        }
      }
    }
    return new InfeasiblePlanException(
        quick == 0
            ? "no plan runs in %d MB; the least that does is %d MB, with %d workers"
                .formatted(most, leastMemory(frugal), frugal)
            : "no plan's invocations end within %s s; the fastest take %s, with %d workers of %d MB"
                .formatted(
                    Words.plain(profile.limits().invocationSeconds()),
                    Words.seconds(slowest),
                    quick,
                    most));
  }

  /** The plan with the shortest epoch. */
  public Plan fastest() {
    return plan(0);
  }

  /** The plan with the cheapest epoch. */
  public Plan cheapest() {
    return plan(front.size() - 1);
  }

  /** The plan with the greatest R = f / (C t), operations by dollar and second (Feng et al.). */
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
   * The plan with the shortest epoch that costs at most so much.
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
                Words.plain(dollars),
                Words.dollars(cheapest.dollars()),
                Words.seconds(cheapest.seconds())));
  }

  /**
   * The plan with the cheapest epoch that takes at most so long.
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
                Words.plain(seconds),
                Words.seconds(fastest.seconds()),
                Words.dollars(fastest.dollars())));
  }

  /**
   * All plans that no other is as good as in both seconds and dollars of an epoch, from the fastest
   * to the cheapest.
   */
  public List<Plan> paretoFront() {
    return IntStream.range(0, front.size()).mapToObj(this::plan).toList();
  }

  private Plan plan(int index) {
    Choice choice = front.choice(index);
    return plan(
        trees.structure(choice.workers()),
        trees.seconds(choice.workers()),
        choice.memoryMb(),
        choice.localSteps());
  }

  /**
   * What a plan of one's own takes, whether or not it is in the space.
   *
   * @param structure of the tree, its slots are the workers
   * @param localSteps at most as many as make a step an epoch
   * @throws InfeasiblePlanException if a worker does not run in so little memory
   */
  public Plan plan(Structure structure, int memoryMb, int localSteps) {
    checkLocalSteps(localSteps);
    int miniBatch = workload.miniBatch(structure.slots());
    int least = workload.leastMemoryMb().applyAsInt(miniBatch);
    if (memoryMb < least) {
      throw new InfeasiblePlanException(
          "a worker does not run in %d MB; for a gradient over %d examples it needs %d MB"
              .formatted(memoryMb, miniBatch, least));
    }
    return plan(structure, model.seconds(structure), memoryMb, localSteps);
  }

  private Plan plan(Structure structure, double treeSeconds, int memoryMb, int localSteps) {
    int workers = structure.slots();
    StepEstimate step = formula(workers, localSteps, treeSeconds).at(memoryMb);
    return new Plan(
        workers,
        memoryMb,
        structure,
        localSteps,
        workload.miniBatch(workers),
        step,
        space.tariff().dollars(step, workers, memoryMb),
        stepsPerEpoch(localSteps),
        workload.flopsPerEpoch());
  }

  /**
   * What an epoch takes with every memory size of the space that a worker runs in, with the best
   * tree.
   *
   * @param workers at most as many as the space has
   * @throws InfeasiblePlanException if it runs in none
   */
  public List<MemoryPoint> byMemory(int workers, int localSteps) {
    if (workers < 1 || workers > mostWorkers()) {
      throw new IllegalArgumentException(
          "workers are " + workers + ", must be in [1, " + mostWorkers() + "]");
    }
    Structure structure = trees.structure(workers);
    List<MemoryPoint> points = new ArrayList<>();
    int least = leastMemory(workers);
    if (least > space.memoryMb().most()) {
      plan(structure, space.memoryMb().most(), localSteps); // says why not
    }
    for (int mb = least; mb <= space.memoryMb().most(); mb++) {
      Plan plan = plan(structure, mb, localSteps);
      points.add(new MemoryPoint(mb, plan.seconds(), plan.dollars(), plan.ratio()));
    }
    return points;
  }
}
