package dev.drey.benchmarks.gradient;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.benchmarks.measure.Peer;
import dev.drey.benchmarks.measure.ReferenceNetwork;
import dev.drey.benchmarks.measure.Torch;
import dev.drey.benchmarks.measure.WorkerJvm;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code drey bench worker}. */
@Command(
    name = "worker",
    mixinStandardHelpOptions = true,
    description = {
      "Measures a gradient in a worker's process: forward, backward and a flat copy out of it, on"
          + " one thread; beside PyTorch, which computes the same from the same numbers (the two"
          + " losses and the norms of the two gradients are compared).",
      "The sides take turns. Times are medians; ratio is ours / PyTorch's, below 1 we are faster."
    })
public final class GradientCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--peer",
      defaultValue = "none",
      description = "Measured beside us: torch or none (${DEFAULT-VALUE}).")
  private Peer peer;

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
      defaultValue = "32,128,512",
      split = ",",
      description = "Examples of a gradient (${DEFAULT-VALUE}).")
  private List<Integer> batches;

  @Option(
      names = "--rounds",
      defaultValue = "7",
      description = "Turns of each side (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--turn",
      defaultValue = "300",
      paramLabel = "MILLIS",
      description = "About how long a turn takes (${DEFAULT-VALUE}).")
  private int turnMillis;

  @Option(
      names = "--warm-up",
      defaultValue = "2000",
      paramLabel = "MILLIS",
      description = "About how long each side runs before (${DEFAULT-VALUE}).")
  private int warmUpMillis;

  @Option(
      names = "--jvm",
      paramLabel = "FLAG",
      description = "A flag more for our side's JVM; may be repeated.")
  private List<String> jvmFlags = List.of();

  @Option(names = "--json", description = "Prints one JSON object as the last line.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (rounds < 1
        || turnMillis < 1
        || warmUpMillis < 1
        || batches.stream().anyMatch(b -> b < 1 || b > 10_000)) {
      throw new ParameterException(
          spec.commandLine(),
          "--rounds, --turn and --warm-up must be at least 1 and --batch in [1, 10000], not %d, %d, %d and %s"
              .formatted(rounds, turnMillis, warmUpMillis, batches));
    }
    Path home = Path.of(System.getProperty("drey.home", "")).toAbsolutePath();
    Path directory = Files.createTempDirectory("drey-bench-");
    try {
      measure(home, directory);
      return 0;
    } catch (IOException e) {
      spec.commandLine().getErr().println("drey bench: " + e.getMessage());
      return 1;
    } finally {
      FileUtils.deleteDirectory(directory.toFile());
    }
  }

  private void measure(Path home, Path directory) throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    out.println(GradientRow.header());
    out.flush();
    Torch torch = new Torch(home);
    if (peer == Peer.TORCH) {
      torch.check();
    }
    List<GradientRow> rows = new ArrayList<>();
    for (ReferenceNetwork network : networks) {
      for (int batch : batches) {
        GradientTask task = GradientTask.write(network.spec(), batch, directory);
        List<Double> medians = compare(task, home, torch, directory);
        OptionalDouble theirs =
            medians.size() > 1 ? OptionalDouble.of(medians.get(1)) : OptionalDouble.empty();
        GradientRow row =
            new GradientRow(network.name().toLowerCase(Locale.ROOT), batch, medians.get(0), theirs);
        rows.add(row);
        out.println(row.text());
        out.flush();
      }
    }
    if (json) {
      out.println(json(rows));
      out.flush();
    }
  }

  /** A process per task and side: nothing is left of another network. */
  private List<Double> compare(GradientTask task, Path home, Torch torch, Path directory)
      throws IOException, InterruptedException {
    List<String> command = new WorkerJvm(home).command(jvmFlags, GradientProgram.class, List.of());
    try (GradientSide ours = new GradientSide("our side", command, directory)) {
      GradientSide.First first = ours.prepare(task);
      Turns turns = new Turns(rounds, turnMillis, warmUpMillis);
      if (peer == Peer.NONE) {
        return turns.medians(List.of(ours));
      }
      try (GradientSide theirs =
          new GradientSide("PyTorch", torch.command("gradient.py"), directory)) {
        first.check(theirs.prepare(task));
        return turns.medians(List.of(ours, theirs));
      }
    }
  }

  private static ObjectNode json(List<GradientRow> rows) {
    ObjectNode object = JsonMapper.builder().build().createObjectNode();
    ArrayNode list = object.putArray("rows");
    rows.forEach(row -> row.json(list.addObject()));
    return object;
  }
}
