package dev.drey.benchmarks.start;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.benchmarks.measure.Median;
import dev.drey.benchmarks.measure.SampleRequests;
import dev.drey.benchmarks.measure.WorkerJvm;
import dev.drey.connectors.store.ExchangeDirectory;
import dev.drey.connectors.store.JobStores;
import dev.drey.core.exchange.Store;
import dev.drey.core.protocol.ProtocolJson;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.job.run.LocalSetup;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code drey bench start}. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = {
      "Measures a worker's cold start, from the process to the first gradient, on a filled native"
          + " cache: with the archive of classes that the build makes (AppCDS) and without, with"
          + " the first compiler only (C1) and with both. Without Lambda's runtime.",
      "Starts of all kinds take turns; times are medians."
    })
public final class StartCommand implements Callable<Integer> {

  private static final int BATCH = 128;

  @Spec private CommandSpec spec;

  @Option(
      names = "--rounds",
      defaultValue = "9",
      description = "Starts of each kind (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(names = "--json", description = "Prints one JSON object as the last line.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (rounds < 1) {
      throw new ParameterException(
          spec.commandLine(), "--rounds must be at least 1, not " + rounds);
    }
    Path home = Path.of(System.getProperty("drey.home", "")).toAbsolutePath();
    Path archive = LocalSetup.of(home).classArchive();
    if (!Files.exists(archive)) {
      spec.commandLine().getErr().println("drey bench: there is no " + archive + "; build worker");
      return 1;
    }
    Path directory = Files.createTempDirectory("drey-bench-");
    try (ExchangeDirectory exchange = ExchangeDirectory.create(directory, 1 << 26);
        Store store = JobStores.open(exchange.weights())) {
      WorkRequest request =
          new SampleRequests(SampleRequests.MLP, directory, store, BATCH)
              .gradient(BATCH, new WorkRequest.Transport(0, exchange.results()), null);
      Path file = Files.write(directory.resolve("request.json"), ProtocolJson.encode(request));
      print(measure(new WorkerJvm(home), archive, file, directory));
      return 0;
    } catch (IOException e) {
      spec.commandLine().getErr().println("drey bench: " + e.getMessage());
      return 1;
    } finally {
      FileUtils.deleteDirectory(directory.toFile());
    }
  }

  private Map<StartMode, List<StartRun>> measure(
      WorkerJvm jvm, Path archive, Path request, Path directory)
      throws IOException, InterruptedException {
    Map<StartMode, List<StartRun>> runs = new EnumMap<>(StartMode.class);
    for (int round = 0; round < rounds; round++) {
      for (StartMode mode : StartMode.values()) {
        List<String> command =
            jvm.command(mode.flags(archive), StartProgram.class, List.of(request.toString()));
        runs.computeIfAbsent(mode, m -> new ArrayList<>()).add(StartRun.of(command, directory));
      }
    }
    return runs;
  }

  private void print(Map<StartMode, List<StartRun>> runs) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("milliseconds, medians of %d starts%n", rounds);
    for (StartMode mode : StartMode.values()) {
      out.printf("%12s", mode.title());
    }
    out.println();
    ObjectNode object = JsonMapper.builder().build().createObjectNode();
    ArrayNode rows = object.put("rounds", rounds).putArray("rows");
    for (StartPart part : StartPart.values()) {
      row(
          out,
          part.description(),
          rows.addObject().put("part", part.name().toLowerCase(Locale.ROOT)),
          runs,
          List.of(part));
    }
    row(out, "in all", rows.addObject().put("part", "all"), runs, List.of(StartPart.values()));
    if (json) {
      out.println(object);
    }
    out.flush();
  }

  private static void row(
      PrintWriter out,
      String title,
      ObjectNode row,
      Map<StartMode, List<StartRun>> runs,
      List<StartPart> parts) {
    for (StartMode mode : StartMode.values()) {
      double median =
          Median.of(
              runs.get(mode).stream()
                  .mapToDouble(run -> parts.stream().mapToDouble(run.millis()::get).sum())
                  .toArray());
      out.printf(Locale.ROOT, "%12.0f", median);
      row.put(mode.name().toLowerCase(Locale.ROOT).replace('_', '-'), median);
    }
    out.printf("  %s%n", title);
  }
}
