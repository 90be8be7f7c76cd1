package dev.drey.benchmarks.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.benchmarks.measure.Median;
import dev.drey.benchmarks.measure.SampleRequests;
import dev.drey.connectors.store.ExchangeDirectory;
import dev.drey.connectors.store.JobStores;
import dev.drey.core.exchange.Store;
import dev.drey.core.protocol.Kernels;
import dev.drey.core.protocol.WorkRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code drey bench kernels}. */
@Command(
    name = "kernels",
    mixinStandardHelpOptions = true,
    description = {
      "Measures what workers.reproducible costs on this machine.",
      "",
      "Two worker processes, one held to AVX2 and one free, compute the same gradients in turn; the"
          + " time is what they spend on the mathematics."
    })
public final class KernelsCommand implements Callable<Integer> {

  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  /** Replaced by the worker's client, which chooses the transport. */
  private static final WorkRequest.Transport ANYHOW = new WorkRequest.Transport(0, null);

  private static final String NETWORK = "784-512-256-10";
  private static final int WARM_UP = 20;

  @Spec private CommandSpec spec;

  @Option(
      names = "--batches",
      defaultValue = "32,128,512",
      split = ",",
      description = "mini-batches, a row each (${DEFAULT-VALUE})")
  private List<Integer> batches;

  @Option(
      names = "--calls",
      defaultValue = "100",
      description = "gradients of each worker and row (${DEFAULT-VALUE})")
  private int calls;

  @Option(names = "--json", description = "prints one JSON object as the last line")
  private boolean json;

  /** Medians of one mini-batch size. */
  private record Row(int batch, double pinnedMillis, double unpinnedMillis) {
    double ratio() {
      return pinnedMillis / unpinnedMillis;
    }
  }

  @Override
  public Integer call() throws Exception {
    if (calls < 1 || batches.stream().anyMatch(b -> b < 1 || b > 10_000)) {
      throw new ParameterException(
          spec.commandLine(),
          "--calls must be at least 1 and --batches in [1, 10000], not "
              + calls
              + " and "
              + batches);
    }
    Path home = Path.of(System.getProperty("drey.home", "")).toAbsolutePath();
    Path directory = Files.createTempDirectory("drey-bench-");
    try (ExchangeDirectory exchange = ExchangeDirectory.create(directory, 1 << 26);
        Store store = JobStores.open(exchange.weights());
        LoneWorker pinned =
            new LoneWorker(
                home,
                directory.resolve("pinned"),
                exchange,
                Optional.of(Kernels.AVX2),
                LoneWorker.MEMORY_MB);
        LoneWorker free =
            new LoneWorker(
                home,
                directory.resolve("free"),
                exchange,
                Optional.empty(),
                LoneWorker.MEMORY_MB)) {
      int most = batches.stream().mapToInt(b -> b).max().orElseThrow();
      SampleRequests requests = new SampleRequests(SampleRequests.MLP, directory, store, most);
      List<Row> rows = new ArrayList<>();
      for (int batch : batches) {
        rows.add(measure(batch, requests, pinned, free));
      }
      print(rows);
    } finally {
      FileUtils.deleteDirectory(directory.toFile());
    }
    return 0;
  }

  private Row measure(int batch, SampleRequests requests, LoneWorker pinned, LoneWorker free)
      throws Exception {
    double[] held = new double[calls];
    double[] unheld = new double[calls];
    for (int i = -WARM_UP; i < calls; i++) {
      double ofPinned = pinned.millis(requests.gradient(batch, ANYHOW, Kernels.AVX2));
      double ofFree = free.millis(requests.gradient(batch, ANYHOW, null));
      if (i >= 0) {
        held[i] = ofPinned;
        unheld[i] = ofFree;
      }
    }
    return new Row(batch, Median.of(held), Median.of(unheld));
  }

  private void print(List<Row> rows) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("gradients of %s, medians of %d calls%n", NETWORK, calls);
    out.printf("%8s %12s %12s %8s%n", "batch", "AVX2 ms", "free ms", "ratio");
    for (Row row : rows) {
      out.printf(
          Locale.ROOT,
          "%8d %12.3f %12.3f %8.2f%n",
          row.batch,
          row.pinnedMillis,
          row.unpinnedMillis,
          row.ratio());
    }
    if (json) {
      ObjectNode object = MAPPER.createObjectNode().put("calls", calls);
      var list = object.putArray("rows");
      for (Row row : rows) {
        list.addObject()
            .put("network", NETWORK)
            .put("batch", row.batch)
            .put("pinnedMillis", row.pinnedMillis)
            .put("unpinnedMillis", row.unpinnedMillis)
            .put("ratio", row.ratio());
      }
      out.println(MAPPER.writeValueAsString(object));
    }
    out.flush();
  }
}
