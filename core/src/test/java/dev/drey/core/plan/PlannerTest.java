package dev.drey.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.drey.core.aggregation.Structure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {

  private static final OnTasks TASKS = new OnTasks(2, 10);

  /** The CNN of Feng et al. (2018) for CIFAR-10, about; each worker takes 4 MB for each example. */
  private static final Workload CNN =
      new Workload(200e6, 7_025_704, 2_000, 50_000, miniBatch -> 300 + 4 * miniBatch);

  private static Planner planner(PlanSpace space) {
    return new Planner(Profile.AWS_LAMBDA, CNN, space);
  }

  @Test
  void theFourGoals() {
    Planner planner = planner(PlanSpace.upTo(100, TASKS));

    Plan fastest = planner.fastest();
    Plan cheapest = planner.cheapest();
    assertThat(fastest.workers()).isGreaterThan(cheapest.workers());
    assertThat(fastest.memoryMb()).as("one vCPU: a second one is idle").isEqualTo(1769);

    Plan balanced = planner.bestRatio();
    assertThat(balanced.ratio())
        .isGreaterThanOrEqualTo(fastest.ratio())
        .isGreaterThan(cheapest.ratio());

    double budget = (fastest.dollars() + cheapest.dollars()) / 2;
    Plan affordable = planner.fastestFor(budget);
    assertThat(affordable.dollars()).isLessThanOrEqualTo(budget);
    assertThat(affordable.seconds()).isLessThan(cheapest.seconds());

    double deadline = (fastest.seconds() + cheapest.seconds()) / 2;
    Plan timely = planner.cheapestWithin(deadline);
    assertThat(timely.seconds()).isLessThanOrEqualTo(deadline);
    assertThat(timely.dollars()).isLessThan(fastest.dollars());
  }

  /** Tries every plan of spaces that are small, but have all there is. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void noPlanIsBetterThanThePlanners(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double parallel = random.nextBoolean() ? 0 : random.nextDouble();
    CpuShare cpu = seed % 5 == 0 ? CpuShare.WHOLE_CORE : CpuShare.BY_MEMORY;
    Profile profile =
        new Profile(
            new SlotConstants(
                new WorkerSpeed(random.nextDouble(0.1), 1e9, parallel, cpu),
                new Transfer(random.nextDouble(0.2), 100e6),
                new Transfer(random.nextDouble(0.2), 100e6),
                new ColdStarts(random.nextDouble(2), random.nextDouble(0.01)),
                new Stragglers(random.nextDouble(0.3))),
            new TreeConstants(1e-4, random.nextDouble(1e7, 1e9), random.nextDouble(0.01)),
            new Transfer(random.nextDouble(0.1), 1e9),
            new Limits(random.nextInt(5, 60), random.nextDouble(2, 40)),
            "random");
    int memory = random.nextInt(200, 1900);
    Workload workload =
        new Workload(
            random.nextDouble(1e7, 1e9),
            random.nextLong(1_000, 10_000_000),
            random.nextInt(20, 60),
            1_000,
            miniBatch -> memory + 3 * miniBatch % 40);
    PlanSpace space =
        new PlanSpace(
            new Span(random.nextInt(1, 10), random.nextInt(10, 70)),
            new Span(memory - 20, memory + random.nextInt(20, 300)),
            List.of(1, 2, 7),
            seed % 3 == 0
                ? new OnFunctions()
                : new OnTasks(random.nextInt(1, 5), random.nextInt(1, 5)),
            random.nextBoolean() ? Tariff.ARM : new Tariff(Tariff.X86.price(), Billing.WHOLE_STEP));
    Planner planner = new Planner(profile, workload, space);

    List<Plan> all = everyPlan(planner, profile, workload, space);
    Comparator<Plan> cheap = Comparator.comparing(Plan::dollars);
    Comparator<Plan> fast = Comparator.comparing(Plan::seconds);
    Comparator<Plan> small =
        Comparator.comparing(Plan::workers)
            .thenComparing(Plan::memoryMb)
            .thenComparing(Plan::localSteps);
    assertThat(planner.fastest()).isEqualTo(least(all, fast.thenComparing(cheap), small));
    assertThat(planner.cheapest()).isEqualTo(least(all, cheap.thenComparing(fast), small));
    assertThat(planner.bestRatio())
        .isEqualTo(
            least(
                all,
                Comparator.<Plan>comparingDouble(plan -> plan.dollars() * plan.seconds())
                    .thenComparing(cheap),
                small));

    List<Plan> front = planner.paretoFront();
    assertThat(front).isEqualTo(front(all, fast.thenComparing(cheap).thenComparing(small)));
    for (int i = 0; i < 20; i++) {
      Plan any = all.get(random.nextInt(all.size()));
      assertThat(planner.fastestFor(any.dollars()))
          .isEqualTo(
              least(
                  only(all, plan -> plan.dollars() <= any.dollars()),
                  fast.thenComparing(cheap),
                  small));
      assertThat(planner.cheapestWithin(any.seconds()))
          .isEqualTo(
              least(
                  only(all, plan -> plan.seconds() <= any.seconds()),
                  cheap.thenComparing(fast),
                  small));
    }
  }

  private static List<Plan> everyPlan(
      Planner planner, Profile profile, Workload workload, PlanSpace space) {
    TreePlanner trees =
        TreePlanner.upTo(
            space.workers().most(),
            profile.tree().model(0, workload.vectorBytes(), space.placement()));
    List<Plan> plans = new ArrayList<>();
    for (int n = space.workers().least(); n <= space.workers().most(); n++) {
      int least =
          Math.max(
              space.memoryMb().least(), workload.leastMemoryMb().applyAsInt(workload.miniBatch(n)));
      for (int mb = least; mb <= space.memoryMb().most(); mb++) {
        for (int localSteps : space.localSteps()) {
          Plan plan = planner.plan(trees.structure(n), mb, localSteps);
          StepEstimate step = plan.step();
          double slowest = step.compute() + step.transfer() + step.stragglers();
          if (slowest <= profile.limits().invocationSeconds()) {
            plans.add(plan);
          }
        }
      }
    }
    return plans;
  }

  private static Plan least(List<Plan> plans, Comparator<Plan> by, Comparator<Plan> ties) {
    return plans.stream().min(by.thenComparing(ties)).orElseThrow();
  }

  private static List<Plan> only(List<Plan> plans, Predicate<Plan> which) {
    return plans.stream().filter(which).toList();
  }

  private static List<Plan> front(List<Plan> plans, Comparator<Plan> fastFirst) {
    List<Plan> front = new ArrayList<>();
    for (Plan plan : plans.stream().sorted(fastFirst).toList()) {
      if (front.isEmpty() || plan.dollars() < front.get(front.size() - 1).dollars()) {
        front.add(plan);
      }
    }
    return front;
  }

  @Test
  void theFrontHasTheOptimaAndNoneDominatesAnother() {
    Planner planner = planner(PlanSpace.upTo(300, TASKS).withLocalSteps(List.of(4, 1)));

    List<Plan> front = planner.paretoFront();

    assertThat(front).hasSizeGreaterThan(100);
    for (int i = 1; i < front.size(); i++) {
      assertThat(front.get(i).seconds()).isGreaterThan(front.get(i - 1).seconds());
      assertThat(front.get(i).dollars()).isLessThan(front.get(i - 1).dollars());
    }
    assertThat(front.get(0)).isEqualTo(planner.fastest());
    assertThat(front.get(front.size() - 1)).isEqualTo(planner.cheapest());
    assertThat(front).contains(planner.bestRatio());
    Plan some = front.get(front.size() / 3);
    assertThat(planner.fastestFor(some.dollars())).isEqualTo(some);
    assertThat(planner.cheapestWithin(some.seconds())).isEqualTo(some);
  }

  @Test
  void aStepIsTheSumOfItsPartsAndAnEpochOfItsSteps() {
    Plan plan = planner(PlanSpace.upTo(100, TASKS)).plan(Structure.of(1, 5, 20, 100), 885, 5);

    assertThat(plan.miniBatch()).isEqualTo(20);
    assertThat(plan.stepsPerEpoch()).isEqualTo(5);
    StepEstimate step = plan.step();
    // 20 examples, 5 times, of 200 MFLOP at 6.62 GFLOP/s and 885 / 1769 of a vCPU
    assertThat(step.compute()).isCloseTo(20e9 / 6.62e9 * 1769 / 885, within(1e-9));
    assertThat(step.transfer())
        .isCloseTo(0.15 + 7_025_704 / 115e6 + 7_025_704 / 84e6, within(1e-9));
    assertThat(step.waiting()).isZero();
    assertThat(step.total())
        .isCloseTo(
            step.compute()
                + step.transfer()
                + step.stragglers()
                + step.coldStarts()
                + step.tree()
                + step.base(),
            within(1e-9));
    assertThat(plan.seconds()).isCloseTo(5 * step.total(), within(1e-9));
    assertThat(plan.stepDollars())
        .isCloseTo(100 * (step.billed() * 885 / 1024 * 0.0000166667 + 0.20e-6), within(1e-9));
    assertThat(plan.dollars()).isCloseTo(5 * plan.stepDollars(), within(1e-9));
  }

  @Test
  void billedForTheWholeStepItIsThePapersFormula() {
    PlanSpace space =
        PlanSpace.upTo(100, TASKS).withTariff(new Tariff(Tariff.X86.price(), Billing.WHOLE_STEP));

    Plan plan = planner(space).plan(Structure.of(1, 5, 22, 100), 1536, 1);

    assertThat(plan.stepDollars())
        .isCloseTo(100 * (1.5 * plan.stepSeconds() * 0.0000166667 + 0.20e-6), within(1e-12));
  }

  @Test
  void slotsBeyondTheConcurrencyWait() {
    PlanSpace space = PlanSpace.upTo(100, TASKS);
    Planner few = new Planner(Profile.AWS_LAMBDA.withConcurrency(40), CNN, space);
    Structure flat = Structure.of(1, 100);

    StepEstimate step = few.plan(flat, 1769, 1).step();

    double mean = Profile.AWS_LAMBDA.slot().stragglers().mean();
    assertThat(step.waiting())
        .as("100 slots are three rounds of 40")
        .isCloseTo(2 * mean * (step.compute() + step.transfer()), within(1e-9));
    assertThat(few.fastest().workers()).isLessThanOrEqualTo(40);
  }

  @Test
  void fixedWorkersAndMemoryAreKept() {
    Plan plan =
        planner(PlanSpace.upTo(100, TASKS).withWorkers(Span.only(77)).withMemoryMb(Span.only(1000)))
            .bestRatio();

    assertThat(plan.workers()).isEqualTo(77);
    assertThat(plan.memoryMb()).isEqualTo(1000);
    assertThat(plan.structure().slots()).isEqualTo(77);
  }

  @Test
  void infeasibleBudgetsAndDeadlinesComeWithTheNearest() {
    Planner planner = planner(PlanSpace.upTo(100, TASKS));

    assertThatThrownBy(() -> planner.cheapestWithin(3))
        .isInstanceOf(InfeasiblePlanException.class)
        .hasMessageMatching(
            "no plan ends an epoch within 3 s; the fastest takes [0-9.]+ s and costs \\$[0-9.]+");
    assertThatThrownBy(() -> planner.fastestFor(0.0001))
        .isInstanceOf(InfeasiblePlanException.class)
        .hasMessageMatching(
            "no plan trains an epoch for \\$0.0001;"
                + " the cheapest costs \\$[0-9.]+ and takes [0-9.]+ s");
  }

  @Test
  void theNearestThatIsNamedIsFeasible() {
    Planner planner = planner(PlanSpace.upTo(100, TASKS));

    assertThat(planner.cheapestWithin(Double.parseDouble(number(planner, true)))).isNotNull();
    assertThat(planner.fastestFor(Double.parseDouble(number(planner, false)))).isNotNull();
  }

  private static String number(Planner planner, boolean deadline) {
    try {
      var unused = deadline ? planner.cheapestWithin(1e-9) : planner.fastestFor(1e-9);
      throw new AssertionError("feasible");
    } catch (InfeasiblePlanException e) {
      return e.getMessage()
          .replaceAll(".*(?:takes|costs) \\$?([0-9.]+) (?:s and|and takes).*", "$1");
    }
  }

  @Test
  void workersThatDoNotRunAreRefusedWithTheLeastThatDo() {
    assertThatThrownBy(() -> planner(PlanSpace.upTo(100, TASKS).withMemoryMb(new Span(128, 350))))
        .isInstanceOf(InfeasiblePlanException.class)
        .hasMessage("no plan runs in 350 MB; the least that does is 380 MB, with 100 workers");
    assertThatThrownBy(() -> planner(PlanSpace.upTo(100, TASKS)).plan(Structure.of(1, 10), 1000, 1))
        .isInstanceOf(InfeasiblePlanException.class)
        .hasMessage(
            "a worker does not run in 1000 MB; for a gradient over 200 examples it needs 1100 MB");
    Workload huge = new Workload(1e15, 4, 1, 1, miniBatch -> 128);
    assertThatThrownBy(() -> new Planner(Profile.AWS_LAMBDA, huge, PlanSpace.upTo(100, TASKS)))
        .isInstanceOf(InfeasiblePlanException.class)
        .hasMessageMatching(
            "no plan's invocations end within 900 s; the fastest take \\d+ s, with 1 workers .*");
  }

  @Test
  void localStepsBeyondAnEpochAreRefused() {
    assertThatThrownBy(() -> planner(PlanSpace.upTo(9, TASKS).withLocalSteps(List.of(1, 26))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "local steps are 26, must be in [1, 25]:"
                + " that many steps of 2,000 examples an epoch of 50,000 has");
  }

  @Test
  void memorySizesOfOneNumberOfWorkers() {
    Planner planner = planner(PlanSpace.upTo(100, TASKS));

    List<MemoryPoint> points = planner.byMemory(50, 1);

    assertThat(points.get(0).memoryMb()).isEqualTo(300 + 4 * 40);
    assertThat(points.get(points.size() - 1).memoryMb()).isEqualTo(10_240);
    MemoryPoint point = points.get(1000 - 460);
    Plan plan =
        planner(PlanSpace.upTo(100, TASKS).withWorkers(Span.only(50)).withMemoryMb(Span.only(1000)))
            .fastest();
    assertThat(point)
        .isEqualTo(new MemoryPoint(1000, plan.seconds(), plan.dollars(), plan.ratio()));
    assertThatThrownBy(() -> planner.byMemory(101, 1))
        .hasMessage("workers are 101, must be in [1, 100]");
  }
}
