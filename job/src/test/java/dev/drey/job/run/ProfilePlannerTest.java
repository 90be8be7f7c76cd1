package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.plan.Profile;
import dev.drey.core.plan.SlotConstants;
import dev.drey.core.plan.Transfer;
import dev.drey.core.plan.TreeConstants;
import dev.drey.core.plan.WorkerSpeed;
import dev.drey.job.plan.ProfileFile;
import dev.drey.job.prepare.PreparedData;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.key.SpecificationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilePlannerTest {

  private static final ProfilePlanner TWO_TASKS = new ProfilePlanner(2);

  @TempDir private Path directory;
  private final Map<String, String> settings = new HashMap<>();

  @Test
  void whatIsOpenIsPlannedByTheBuiltInProfile() throws Exception {
    settings.put("aggregation.structure", "auto");
    settings.put("workers.memory", "auto");
    settings.put("workers.count", "100");
    settings.put("training.mini-batch", "5");

    RunPlan plan = TWO_TASKS.plan(specification(), data());

    // Sums are added up before they change tasks, so few of them are left for the root.
    Structure structure = plan.specification().aggregation().structure();
    assertThat(structure.slots()).isEqualTo(100);
    assertThat(structure.levels()).isLessThanOrEqualTo(2);
    assertThat(plan.specification().aggregation().isAuto()).isTrue();
    // Local workers have a core each, whatever their memory: the least is the cheapest.
    assertThat(plan.specification().workers().memoryMb())
        .isEqualTo((int) data().memory().totalMb());
    assertThat(plan.stepSeconds().orElseThrow()).isBetween(0.001, 10.0);
  }

  @Test
  void aProfileWhoseHopsAreFreeAndSumsAreDearMakesADeepTree() throws Exception {
    Path profile = directory.resolve("profile.json");
    Files.writeString(
        profile,
        ProfileFile.write(Profile.LOCAL.withTree(new TreeConstants(1, 1e6, Transfer.fixed(0))))
            .toString());
    settings.put("aggregation.structure", "auto");
    settings.put("workers.count", "100");
    settings.put("training.mini-batch", "5");
    settings.put("planning.profile", profile.toString());

    RunPlan plan = new ProfilePlanner(64).plan(specification(), data());

    assertThat(plan.specification().aggregation().structure().levels()).isGreaterThan(2);
  }

  @Test
  void whatIsGivenStays() throws Exception {
    settings.put("workers.count", "4");
    settings.put("aggregation.structure", "[1, 2, 4]");
    settings.put("workers.memory", "2000 MB");

    RunPlan plan = TWO_TASKS.plan(specification(), data());

    assertThat(plan.specification().aggregation().structure()).isEqualTo(Structure.of(1, 2, 4));
    assertThat(plan.specification().workers().memoryMb()).isEqualTo(2000);
  }

  @Test
  void aStructureThatWasPlannedBeforeIsKept() throws Exception {
    settings.put("workers.count", "8");
    settings.put("aggregation.structure", "auto");
    settings.put("aggregation.planned", "[1, 2, 4, 8]");

    RunPlan plan = TWO_TASKS.plan(specification(), data());

    assertThat(plan.specification().aggregation().structure()).isEqualTo(Structure.of(1, 2, 4, 8));
  }

  @Test
  void onLambdaMoreMemoryIsPlannedForASpeedThatIsWorthIt() throws Exception {
    settings.put("workers.runtime", "aws");
    settings.put("workers.function", "f");
    settings.put("workers.region", "eu-central-1");
    settings.put("workers.memory", "auto");
    settings.put("planning.goal", "time");

    RunPlan fastest = TWO_TASKS.plan(specification(), data());
    settings.put("planning.goal", "cost");
    RunPlan cheapest = TWO_TASKS.plan(specification(), data());

    assertThat(fastest.specification().workers().memoryMb()).isEqualTo(1769);
    assertThat(cheapest.specification().workers().memoryMb())
        .isEqualTo((int) data().memory().totalMb());
    assertThat(cheapest.stepSeconds().orElseThrow())
        .isGreaterThan(fastest.stepSeconds().orElseThrow());
  }

  @Test
  void aProfileThatCannotBeReadIsTold() throws Exception {
    Path profile = Files.writeString(directory.resolve("profile.json"), "{}");
    settings.put("planning.profile", profile.toString());

    assertThatExceptionOfType(SpecificationException.class)
        .isThrownBy(() -> TWO_TASKS.plan(specification(), data()))
        .satisfies(
            e ->
                assertThat(e.faults().toString())
                    .contains(profile + ": source", profile + ": tree", profile + ": limits"));
  }

  @Test
  void theStepIsPredictedForTheStructureThatIsGiven() throws Exception {
    settings.put("workers.count", "100");
    settings.put("training.mini-batch", "5");
    double flat = TWO_TASKS.plan(specification(), data()).stepSeconds().orElseThrow();
    settings.put("aggregation.structure", "[1, 5, 20, 50, 100]");
    double deep = TWO_TASKS.plan(specification(), data()).stepSeconds().orElseThrow();

    // Two hops more of 0.64 ms each, and some 30 sums more of 0.08 ms.
    assertThat(deep - flat).isCloseTo(0.0037, within(0.001));
  }

  /** An invocation of hours ends within Lambda's 15 minutes with no memory size. */
  @Test
  void aProfileByWhichNoPlanRunsIsNoHindranceWhereMemoryIsGiven() throws Exception {
    settings.put("planning.profile", slow().toString());

    RunPlan plan = TWO_TASKS.plan(specification(), data());

    assertThat(plan.specification().workers().memoryMb()).isEqualTo(1769);
    assertThat(plan.stepSeconds().orElseThrow()).isGreaterThan(900);
  }

  @Test
  void memoryThatCannotBePlannedIsAFaultOfTheSpecification() throws Exception {
    settings.put("planning.profile", slow().toString());
    settings.put("workers.memory", "auto");

    assertThatExceptionOfType(SpecificationException.class)
        .isThrownBy(() -> TWO_TASKS.plan(specification(), data()))
        .withMessageStartingWith(
            "workers.memory: is auto, and no plan's invocations end within 900 s;");
  }

  /** A profile of workers that compute 1,000 operations a second. */
  private Path slow() throws Exception {
    SlotConstants slot = Profile.LOCAL.slot();
    Profile profile =
        Profile.LOCAL.withSlot(
            new SlotConstants(
                new WorkerSpeed(0, 1000, 0),
                slot.down(),
                slot.up(),
                slot.coldStarts(),
                slot.stragglers()));
    return Files.writeString(directory.resolve("slow.json"), ProfileFile.write(profile).toString());
  }

  @Test
  void theTasksAreThoseThatFlinkIsGiven() throws Exception {
    assertThat(ProfilePlanner.here(Map.of()).tasks()).isEqualTo(LocalTraining.parallelism());
    assertThat(ProfilePlanner.here(Map.of("parallelism.default", "17")).tasks()).isEqualTo(17);
    for (String wrong : List.of("0", "two")) {
      assertThatExceptionOfType(SpecificationException.class)
          .isThrownBy(() -> ProfilePlanner.here(Map.of("parallelism.default", wrong)))
          .withMessage(
              "-D parallelism.default: is \"%s\", must be a whole number of at least 1", wrong);
    }
  }

  private RunSpecification specification() throws Exception {
    return RunSpecification.read(SmallRun.specification(directory.resolve("small.yaml")), settings);
  }

  private PreparedData data() throws Exception {
    return PreparedData.open(specification());
  }
}
