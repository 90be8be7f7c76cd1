package dev.drey.benchmarks.loop;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.benchmarks.measure.Median;
import dev.drey.benchmarks.measure.ProcessMemory;
import dev.drey.core.aggregation.Structure;
import dev.drey.core.parameters.Shards;
import dev.drey.core.plan.OnTasks;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code drey bench loop}. */
@Command(
    name = "loop",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the loop alone: workers answer at once with a gradient that is ready.",
      "",
      "GB/s is the gradients' bytes by the time of a step. Beside it stands y += x, measured in the"
          + " same run: the bytes of x that one thread of this machine adds per second, which"
          + " moves three times as many through memory.",
      "",
      "With --plan: the planner's model, fitted to twelve structures, each measured in turn and"
          + " predicted by the fit of the others; then what the planner chooses by it, beside the"
          + " best ones, measured once more."
    })
public final class LoopCommand implements Callable<Integer> {

  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  @Spec private CommandSpec spec;

  @Option(
      names = "--slots",
      defaultValue = "100",
      split = ",",
      description = "slots of a step, or several numbers for a row each (${DEFAULT-VALUE})")
  private List<Integer> slots;

  @Option(
      names = "--parameters",
      defaultValue = "1200000",
      description = "parameters of the network (${DEFAULT-VALUE})")
  private int parameters;

  @Option(
      names = "--structure",
      description = "the tree from the root, as 1,5,22,100 (default: the rule of thumb)")
  private @Nullable String structure;

  @Option(
      names = "--steps",
      defaultValue = "50",
      description = "steps that are measured (${DEFAULT-VALUE})")
  private int steps;

  @Option(names = "--plan", description = "measures how well the planner predicts and chooses")
  private boolean plan;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "how often --plan measures each structure (${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--measurements",
      paramLabel = "FILE",
      description = "where --plan writes what it measured, as drey plan --measurements reads it")
  private @Nullable Path measurements;

  @Option(names = "--json", description = "prints one JSON object as the last line")
  private boolean json;

  /** One measurement. */
  private record Row(Structure tree, double msPerStep, double gigabytesPerSecond) {}

  @Override
  public Integer call() throws Exception {
    if (parameters < 2 || steps < 1 || rounds < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--parameters must be at least 2, --steps and --rounds at least 1, not %d, %d and %d"
              .formatted(parameters, steps, rounds));
    }
    return plan ? plan() : measure();
  }

  private int plan() throws Exception {
    if (slots.size() != 1 || slots.get(0) < StructureReport.LEAST_SLOTS || structure != null) {
      throw new ParameterException(
          spec.commandLine(),
          "--plan needs one number of --slots, at least %d, and no --structure"
              .formatted(StructureReport.LEAST_SLOTS));
    }
    OnTasks placement =
        new OnTasks(Runtime.getRuntime().availableProcessors(), Shards.of(parameters).count());
    StructureTrial trial = new StructureTrial(this::millis, placement, rounds);
    StructureReport report =
        new StructureReport(
            parameters, placement, trial.run(StructureTrial.structures(slots.get(0))));
    if (measurements != null) {
      Files.writeString(measurements, report.csv());
    }
    PrintWriter out = spec.commandLine().getOut();
    report.print(out);
    if (json) {
      out.println(report.json());
    }
    out.flush();
    return 0;
  }

  private int measure() throws Exception {
    List<Structure> trees = slots.stream().map(this::tree).toList();
    double add = MemoryBandwidth.addGigabytesPerSecond();
    List<Row> rows = new ArrayList<>();
    for (Structure tree : trees) {
      rows.add(measure(tree));
    }
    print(rows, add);
    return 0;
  }

  private Structure tree(int count) {
    try {
      Structure tree =
          structure == null ? Structure.ruleOfThumb(count) : Structure.parse(structure);
      if (tree.slots() != count) {
        throw new IllegalArgumentException(
            "structure " + tree + " has " + tree.slots() + " slots, --slots is " + count);
      }
      return tree;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Row measure(Structure tree) throws Exception {
    double millis = millis(tree);
    double gigabytes = (double) tree.slots() * parameters * Float.BYTES / 1e9;
    return new Row(tree, millis, gigabytes / (millis / 1000));
  }

  private double millis(Structure tree) throws Exception {
    return Median.of(LoopRun.millis(parameters, tree, steps, LoopRun.NO_CHECKPOINTS));
  }

  private void print(List<Row> rows, double add) throws IOException {
    long heap = Runtime.getRuntime().maxMemory() >> 20;
    long peak = ProcessMemory.peakMegabytes();
    PrintWriter out = spec.commandLine().getOut();
    out.printf(Locale.ROOT, "%,d parameters, median of %d steps%n", parameters, steps);
    out.printf(
        "%8s  %-18s %10s %14s %8s%n", "slots", "structure", "ms a step", "us a slot", "GB/s");
    for (Row row : rows) {
      out.printf(
          Locale.ROOT,
          "%8d  %-18s %10.2f %14.1f %8.2f%n",
          row.tree.slots(),
          row.tree,
          row.msPerStep,
          row.msPerStep * 1000 / row.tree.slots(),
          row.gigabytesPerSecond);
    }
    out.printf(
        Locale.ROOT,
        "y += x: %.2f GB/s of x, one thread. Peak memory %,d MB, with a heap of at most %,d MB%n",
        add,
        peak,
        heap);
    if (json) {
      out.println(MAPPER.writeValueAsString(json(rows, add, peak, heap)));
    }
    out.flush();
  }

  /** The first row's figures at the top, and all rows below. */
  private ObjectNode json(List<Row> rows, double add, long peak, long heap) {
    ObjectNode object = json(rows.get(0), MAPPER.createObjectNode());
    object.put("parameters", parameters).put("steps", steps);
    object.put("addGigabytesPerSecond", add);
    object.put("peakMemoryMegabytes", peak).put("heapMegabytes", heap);
    var list = object.putArray("rows");
    rows.forEach(row -> json(row, list.addObject()));
    return object;
  }

  private static ObjectNode json(Row row, ObjectNode object) {
    return object
        .put("slots", row.tree.slots())
        .put("structure", row.tree.toString())
        .put("msPerStep", row.msPerStep)
        .put("gigabytesPerSecond", row.gigabytesPerSecond);
  }
}
