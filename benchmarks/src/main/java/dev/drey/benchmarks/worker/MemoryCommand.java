package dev.drey.benchmarks.worker;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.benchmarks.measure.ReferenceNetwork;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.network.WorkerMemory;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code drey bench memory}. */
@Command(
    name = "memory",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the memory of a worker's process that computes gradients, and an evaluation of the"
          + " whole data set in between: the most that it is resident with if it may have 1769 MB,"
          + " and the least that it must be given. Lambda's memory is tried out in steps of 64 MB:"
          + " a worker that uses more than it has is killed, as Lambda does it.",
      "The data set has 1,000 rows; what another one takes more comes on top."
    })
public final class MemoryCommand implements Callable<Integer> {

  private static final int STEP_MB = 64;
  private static final int LEAST_MB = 128;

  @Spec private CommandSpec spec;

  @Option(
      names = "--network",
      arity = "1..*",
      paramLabel = "NAME",
      defaultValue = "logistic,mlp,lenet,cifar,lstm,transformer",
      split = ",",
      description = "Any of ${COMPLETION-CANDIDATES}; default: all.")
  private List<ReferenceNetwork> networks;

  @Option(
      names = "--batch",
      arity = "1..*",
      paramLabel = "N",
      defaultValue = "64",
      split = ",",
      description = "Examples of a gradient (${DEFAULT-VALUE}).")
  private List<Integer> batches;

  @Option(names = "--json", description = "Prints one JSON object as the last line.")
  private boolean json;

  /** All sizes in megabytes. */
  private record Row(String network, int batch, long estimate, long peak, long least) {}

  @Override
  public Integer call() throws Exception {
    if (batches.stream().anyMatch(b -> b < 1 || b > MemoryTrial.ROWS)) {
      throw new ParameterException(
          spec.commandLine(), "--batch must be in [1, " + MemoryTrial.ROWS + "], not " + batches);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%-12s %6s %12s %10s %10s%n", "network", "batch", "estimate MB", "peak MB", "least MB");
    out.flush();
    List<Row> rows = new ArrayList<>();
    Path directory = Files.createTempDirectory("drey-bench-");
    try {
      for (ReferenceNetwork network : networks) {
        for (int batch : batches) {
          Row row = measure(network, batch, directory);
          rows.add(row);
          out.printf(
              Locale.ROOT,
              "%-12s %6d %12d %10d %10d%n",
              row.network,
              row.batch,
              row.estimate,
              row.peak,
              row.least);
          out.flush();
        }
      }
    } finally {
      FileUtils.deleteDirectory(directory.toFile());
    }
    if (json) {
      out.println(json(rows));
    }
    out.flush();
    return 0;
  }

  private static Row measure(ReferenceNetwork reference, int batch, Path directory)
      throws Exception {
    NetworkSpec network = reference.spec();
    MemoryTrial trial =
        new MemoryTrial(
            Path.of(System.getProperty("drey.home", "")).toAbsolutePath(),
            directory,
            network,
            batch);
    long peak =
        trial
            .peakMegabytes(LoneWorker.MEMORY_MB)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        reference + " does not run in " + LoneWorker.MEMORY_MB + " MB"));
    long data = (long) MemoryTrial.ROWS * network.inputWidth();
    return new Row(
        reference.name().toLowerCase(Locale.ROOT),
        batch,
        WorkerMemory.of(network, batch, MemoryTrial.ROWS, data).totalMb(),
        peak,
        least(trial, peak));
  }

  /** The least memory with which it runs, tried downwards from what it used. */
  private static long least(MemoryTrial trial, long peak) throws Exception {
    int memory = (int) Math.max(LEAST_MB, (peak + STEP_MB - 1) / STEP_MB * STEP_MB);
    while (trial.peakMegabytes(memory).isEmpty()) {
      memory += STEP_MB;
    }
    while (memory > LEAST_MB) {
      OptionalLong less = trial.peakMegabytes(memory - STEP_MB);
      if (less.isEmpty()) {
        break;
      }
      memory -= STEP_MB;
    }
    return memory;
  }

  private static ObjectNode json(List<Row> rows) {
    ObjectNode object = JsonMapper.builder().build().createObjectNode();
    ArrayNode list = object.putArray("rows");
    for (Row row : rows) {
      list.addObject()
          .put("network", row.network)
          .put("batch", row.batch)
          .put("estimateMb", row.estimate)
          .put("peakMb", row.peak)
          .put("leastMb", row.least);
    }
    return object;
  }
}
