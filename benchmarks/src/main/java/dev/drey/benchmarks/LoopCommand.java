package dev.drey.benchmarks;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.connectors.store.DirectoryWeightStore;
import dev.drey.connectors.store.ExchangeDirectory;
import dev.drey.core.aggregation.Structure;
import dev.drey.core.store.WeightStore;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.flink.util.FileUtils;
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
      "gigabytesPerSecond is the gradients' bytes over the time of a step;",
      "addGigabytesPerSecond is how fast one thread of this machine adds such bytes (y += x)."
    })
final class LoopCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--slots",
      defaultValue = "100",
      description = "Slots of a step (${DEFAULT-VALUE}).")
  private int slots;

  @Option(
      names = "--parameters",
      defaultValue = "1200000",
      description = "Parameters of the network (${DEFAULT-VALUE}).")
  private int parameters;

  @Option(
      names = "--structure",
      description =
          "The tree from the root, as 1,5,22,100; default: the rule of thumb for the slots.")
  private @Nullable String structure;

  @Option(
      names = "--steps",
      defaultValue = "50",
      description = "Steps that are measured (${DEFAULT-VALUE}).")
  private int steps;

  @Option(names = "--json", description = "Prints one JSON object as the last line.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Structure tree = tree();
    if (parameters < 2 || steps < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--parameters must be at least 2 and --steps at least 1, not "
              + parameters
              + " and "
              + steps);
    }
    Path directory = Files.createTempDirectory("drey-bench-");
    double add = MemoryBandwidth.addGigabytesPerSecond();
    double[] millis;
    try (ExchangeDirectory exchange =
        ExchangeDirectory.create(directory, 4L * parameters * Float.BYTES)) {
      WeightStore.Provider store = DirectoryWeightStore.Provider.of(exchange.weights());
      millis = new LoopRun(parameters, tree, steps, store, directory).millis();
    } finally {
      FileUtils.deleteDirectory(directory.toFile());
    }
    print(tree, LoopRun.median(millis), add);
    return 0;
  }

  private Structure tree() {
    try {
      Structure tree =
          structure == null ? Structure.ruleOfThumb(slots) : Structure.parse(structure);
      if (tree.slots() != slots) {
        throw new IllegalArgumentException(
            "structure " + tree + " has " + tree.slots() + " slots, --slots is " + slots);
      }
      return tree;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void print(Structure tree, double msPerStep, double add) throws Exception {
    double gigabytes = (double) slots * parameters * Float.BYTES / 1e9;
    double rate = gigabytes / (msPerStep / 1000);
    long heap = Runtime.getRuntime().maxMemory() >> 20;
    long peak = ProcessMemory.peakMegabytes();
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%d slots x %,d parameters over %s: %.2f ms a step (median of %d), %.2f GB/s of gradients; "
            + "y += x: %.2f GB/s (one thread); peak memory %,d MB with a heap of %,d MB%n",
        slots,
        parameters,
        tree,
        msPerStep,
        steps,
        rate,
        add,
        peak,
        heap);
    if (json) {
      ObjectNode object = JsonMapper.builder().build().createObjectNode();
      object.put("slots", slots).put("parameters", parameters).put("structure", tree.toString());
      object.put("steps", steps).put("msPerStep", msPerStep).put("gigabytesPerSecond", rate);
      object.put("addGigabytesPerSecond", add).put("peakMemoryMegabytes", peak);
      object.put("heapMegabytes", heap);
      out.println(object);
    }
    out.flush();
  }
}
