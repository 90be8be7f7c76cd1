package dev.drey.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.connectors.store.DirectoryWeightStore;
import dev.drey.connectors.store.ExchangeDirectory;
import dev.drey.core.data.DataSets;
import dev.drey.core.data.DataSource;
import dev.drey.core.data.Normalization;
import dev.drey.core.data.Task;
import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Initializer;
import dev.drey.core.layer.LayerSpec;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.parameters.Range;
import dev.drey.core.protocol.Examples;
import dev.drey.core.protocol.Kernels;
import dev.drey.core.protocol.Weights;
import dev.drey.core.protocol.WorkRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.flink.util.FileUtils;
import org.jspecify.annotations.Nullable;
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
final class KernelsCommand implements Callable<Integer> {

  private static final ObjectMapper MAPPER = JsonMapper.builder().build();
  private static final int SIDE = 28;
  private static final int CLASSES = 10;
  private static final int[] UNITS = {512, 256, CLASSES};
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
        DirectoryWeightStore store = new DirectoryWeightStore(exchange.weights());
        KernelsRun pinned =
            new KernelsRun(home, directory.resolve("pinned"), exchange, Optional.of(Kernels.AVX2));
        KernelsRun free =
            new KernelsRun(home, directory.resolve("free"), exchange, Optional.empty())) {
      DataSource data = data(directory);
      Weights weights = publish(store);
      List<Row> rows = new ArrayList<>();
      for (int batch : batches) {
        rows.add(measure(batch, data, weights, pinned, free));
      }
      print(rows);
    } finally {
      FileUtils.deleteDirectory(directory.toFile());
    }
    return 0;
  }

  private Row measure(
      int batch, DataSource data, Weights weights, KernelsRun pinned, KernelsRun free)
      throws Exception {
    double[] held = new double[calls];
    double[] unheld = new double[calls];
    for (int i = -WARM_UP; i < calls; i++) {
      double ofPinned = pinned.millis(request(batch, data, weights, Kernels.AVX2));
      double ofFree = free.millis(request(batch, data, weights, null));
      if (i >= 0) {
        held[i] = ofPinned;
        unheld[i] = ofFree;
      }
    }
    return new Row(batch, Median.of(held), Median.of(unheld));
  }

  private static WorkRequest request(
      int batch, DataSource data, Weights weights, @Nullable Kernels kernels) {
    return new WorkRequest(
        new WorkRequest.Id("bench", "1", Task.GRADIENT, 0, 0, 1),
        System.currentTimeMillis() + 60_000,
        network(),
        weights,
        new Examples.Rows(data, Normalization.UNIT, IntStream.range(0, batch).toArray()),
        new WorkRequest.Transport(0, null),
        kernels,
        0);
  }

  private static NetworkSpec network() {
    return new NetworkSpec(
        List.of(SIDE * SIDE),
        IntStream.range(0, UNITS.length)
            .<LayerSpec>mapToObj(
                i ->
                    new Dense(
                        UNITS[i],
                        i == UNITS.length - 1 ? Activation.LINEAR : Activation.RELU,
                        Initializer.GLOROT_UNIFORM))
            .toList(),
        new Loss.SoftmaxCrossEntropy());
  }

  private static Weights publish(DirectoryWeightStore store) throws IOException {
    float[] values = network().initialParameters(1);
    Range all = new Range(0, values.length);
    return new Weights(0, List.of(new Weights.Part(all, store.publish("v0", values))));
  }

  /** Random images and labels, in IDX. */
  private DataSource data(Path directory) throws IOException {
    int rows = batches.stream().mapToInt(b -> b).max().orElseThrow();
    SplittableRandom random = new SplittableRandom(1);
    ByteBuffer images = ByteBuffer.allocate(16 + rows * SIDE * SIDE);
    images.putInt(0x803).putInt(rows).putInt(SIDE).putInt(SIDE);
    ByteBuffer labels = ByteBuffer.allocate(8 + rows);
    labels.putInt(0x801).putInt(rows);
    while (images.hasRemaining()) {
      images.put((byte) random.nextInt(256));
    }
    while (labels.hasRemaining()) {
      labels.put((byte) random.nextInt(CLASSES));
    }
    return new DataSource.Idx(
        DataSets.reference(Files.write(directory.resolve("images"), images.array())),
        DataSets.reference(Files.write(directory.resolve("labels"), labels.array())));
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
