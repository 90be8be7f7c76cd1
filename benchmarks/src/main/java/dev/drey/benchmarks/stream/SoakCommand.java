package dev.drey.benchmarks.stream;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.benchmarks.measure.ChildProcess;
import dev.drey.benchmarks.measure.CsvFile;
import dev.drey.benchmarks.measure.FilledTopic;
import dev.drey.benchmarks.measure.ProcessMemory;
import dev.drey.benchmarks.measure.WebInterface;
import dev.drey.job.cluster.Broker;
import dev.drey.job.metric.JobMetrics;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code drey bench soak}. */
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    description = {
      "Trains on a live topic for a while, and looks whether anything grows: the program's heap"
          + " after a full collection, its resident memory, that of its workers, the state of the"
          + " last checkpoint, and how old records are when their version is published.",
      "",
      "Compares the median of the last quarter of the time with that of the second one. Exits with"
          + " 1 if anything has grown by more than --most."
    })
public final class SoakCommand implements Callable<Integer> {

  private static final String TOPIC = "soak";
  private static final long PATIENCE_SECONDS = 120;
  private static final int SAMPLES = 40;

  @Spec private CommandSpec command;

  @Option(names = "--minutes", defaultValue = "20", description = "how long (${DEFAULT-VALUE})")
  private double minutes;

  @Option(
      names = "--rate",
      defaultValue = "1000",
      description = "records a second (${DEFAULT-VALUE})")
  private double rate;

  @Option(
      names = "--most",
      defaultValue = "0.1",
      description = "growth that is none (${DEFAULT-VALUE})")
  private double most;

  @Option(names = "--json", description = "prints one JSON object as the last line")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (!(minutes > 0) || !(rate > 0) || !(most > 0)) {
      throw new ParameterException(
          command.commandLine(), "--minutes, --rate and --most must be above 0");
    }
    PrintWriter out = command.commandLine().getOut();
    Path home = Path.of(System.getProperty("drey.home", "")).toAbsolutePath();
    Path directory = Files.createTempDirectory("drey-bench-");
    try (Broker broker = Broker.open(home, Files.createDirectory(directory.resolve("kafka")))) {
      SoakVerdict verdict =
          SoakVerdict.of(soak(new StreamSite(home, directory, broker.servers(), 128), out));
      print(verdict, out);
      return verdict.isFlat(most) ? 0 : 1;
    } catch (IOException e) {
      command.commandLine().getErr().println("drey bench: " + e.getMessage());
      return 1;
    } finally {
      FileUtils.deleteDirectory(directory.toFile());
    }
  }

  private List<SoakSample> soak(StreamSite site, PrintWriter out) throws Exception {
    Path specification = site.specification(TOPIC, false);
    FilledTopic.fill(site.home(), specification, StreamSite.PARTITIONS, 1);
    Path run = site.directory().resolve("run");
    CompletableFuture<URI> web = new CompletableFuture<>();
    Duration length = Duration.ofMillis((long) (minutes * 60_000));
    try (ChildProcess training =
        site.training(specification, run, line -> WebInterface.in(line).ifPresent(web::complete))) {
      StreamSite.awaitStep(training, run);
      JobMetrics metrics = new JobMetrics(web.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
      try (ChildProcess producing = site.producing(specification, rate, Long.MAX_VALUE)) {
        return samples(training, producing, metrics, run, length, out);
      }
    }
  }

  private static List<SoakSample> samples(
      ChildProcess training,
      ChildProcess producing,
      JobMetrics metrics,
      Path run,
      Duration length,
      PrintWriter out)
      throws IOException, InterruptedException {
    out.printf(
        "%8s %10s %12s %12s %10s %14s%n",
        "s", "live MB", "resident MB", "workers MB", "state kB", "freshness ms");
    List<SoakSample> samples = new ArrayList<>();
    long start = System.nanoTime();
    double before = 0;
    for (int i = 1; i <= SAMPLES; i++) {
      long due = start + i * length.toNanos() / SAMPLES;
      TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      if (!training.isAlive() || !producing.isAlive()) {
        throw new IOException(
            "ended early:\n" + training.lastLines() + "\n" + producing.lastLines());
      }
      CsvFile curve = CsvFile.read(run.resolve("curve.csv"));
      SoakSample sample =
          new SoakSample(
              (System.nanoTime() - start) / 1e9,
              LiveHeap.megabytes(training.pid()),
              ProcessMemory.residentMegabytes(training.pid()),
              training.descendants().stream()
                  .mapToLong(each -> ProcessMemory.residentMegabytes(each.pid()))
                  .sum(),
              metrics.stateBytes().orElse(0) / 1024.0,
              Freshness.of(curve, before).oldest().p50());
      double[] seconds = curve.values("seconds");
      before = seconds[seconds.length - 1];
      samples.add(sample);
      out.printf(
          Locale.ROOT,
          "%8.0f %10.0f %12.0f %12.0f %10.0f %14.0f%n",
          sample.seconds(),
          sample.liveMb(),
          sample.residentMb(),
          sample.workersMb(),
          sample.stateKb(),
          sample.freshnessMillis());
      out.flush();
    }
    return samples;
  }

  private void print(SoakVerdict verdict, PrintWriter out) {
    verdict
        .growth()
        .forEach((name, growth) -> out.printf(Locale.ROOT, "%-26s %+.1f %%%n", name, 100 * growth));
    out.println(verdict.isFlat(most) ? "flat" : "NOT FLAT");
    if (json) {
      ObjectNode object = JsonMapper.builder().build().createObjectNode();
      object.put("flat", verdict.isFlat(most));
      verdict.growth().forEach(object.putObject("growth")::put);
      out.println(object);
    }
    out.flush();
  }
}
