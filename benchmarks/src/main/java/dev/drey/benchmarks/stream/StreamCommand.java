package dev.drey.benchmarks.stream;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.benchmarks.measure.ChildProcess;
import dev.drey.benchmarks.measure.CsvFile;
import dev.drey.benchmarks.measure.FilledTopic;
import dev.drey.benchmarks.measure.Median;
import dev.drey.benchmarks.measure.Peer;
import dev.drey.benchmarks.measure.Torch;
import dev.drey.job.cluster.Broker;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code drey bench stream}. */
@Command(
    name = "stream",
    mixinStandardHelpOptions = true,
    description = {
      "Measures how fast `drey train` learns from a Kafka topic that is full of records, an MLP of"
          + " 50,890 parameters on two worker processes, beside a plain PyTorch loop with two"
          + " threads over a file of the same records; the two take turns, and medians are"
          + " reported. Broker, job and workers share the machine; the file needs no broker.",
      "",
      "Then how soon: records are written at a share of that rate, and a record's age is taken when"
          + " a version is published whose weights have seen it. Of a step the oldest and the"
          + " newest record are known, which gives bounds."
    })
public final class StreamCommand implements Callable<Integer> {

  private static final String FULL = "full";
  private static final String LIVE = "live";
  private static final Duration LIMIT = Duration.ofMinutes(10);

  @Spec private CommandSpec command;

  @Option(
      names = "--peer",
      defaultValue = "none",
      description = "measured beside it: torch or none (${DEFAULT-VALUE})")
  private Peer peer;

  @Option(
      names = "--records",
      defaultValue = "200000",
      description = "in the topic (${DEFAULT-VALUE}); the second half is measured")
  private long records;

  @Option(
      names = "--mini-batch",
      defaultValue = "128",
      description = "examples of a worker and step (${DEFAULT-VALUE})")
  private int miniBatch;

  @Option(
      names = "--rounds",
      defaultValue = "2",
      description = "how often each side runs (${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--share",
      defaultValue = "0.2",
      description =
          "of the measured rate, at which records are written for the freshness (${DEFAULT-VALUE});"
              + " whoever writes them takes part of the machine as well")
  private double share;

  @Option(
      names = "--seconds",
      defaultValue = "45",
      description = "that they are written; the first third is warm-up (${DEFAULT-VALUE})")
  private int seconds;

  @Option(names = "--json", description = "prints one JSON object as the last line")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    check();
    PrintWriter out = command.commandLine().getOut();
    Path home = Path.of(System.getProperty("drey.home", "")).toAbsolutePath();
    Path directory = Files.createTempDirectory("drey-bench-");
    try (Broker broker = Broker.open(home, Files.createDirectory(directory.resolve("kafka")))) {
      StreamSite site = new StreamSite(home, directory, broker.servers(), miniBatch);
      ObjectNode result = JsonMapper.builder().build().createObjectNode();
      double rate = throughput(site, new Torch(home), result, out);
      freshness(site, share * rate, result, out);
      if (json) {
        out.println(result);
      }
      out.flush();
      return 0;
    } catch (IOException e) {
      command.commandLine().getErr().println("drey bench: " + e.getMessage());
      return 1;
    } finally {
      FileUtils.deleteDirectory(directory.toFile());
    }
  }

  private void check() {
    if (records < 1 || miniBatch < 1 || rounds < 1 || seconds < 1 || !(share > 0) || share > 1) {
      throw new ParameterException(
          command.commandLine(),
          "--records, --mini-batch, --rounds and --seconds must be at least 1, --share above 0 and"
              + " at most 1");
    }
  }

  private double throughput(StreamSite site, Torch torch, ObjectNode result, PrintWriter out)
      throws IOException, InterruptedException {
    if (peer == Peer.TORCH) {
      torch.check();
    }
    Path specification = site.specification(FULL, true);
    FilledTopic.fill(site.home(), specification, StreamSite.PARTITIONS, records);
    Path file = site.directory().resolve("records");
    if (peer == Peer.TORCH) {
      TopicFile.write(site.servers(), FULL, file);
    }
    List<Throughput> ours = new ArrayList<>();
    List<Throughput> theirs = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      Path run = site.directory().resolve("run-" + round);
      ours.add(Throughput.of(site.train(specification, run)));
      print(out, round, "drey", ours);
      if (peer == Peer.TORCH) {
        theirs.add(new StreamPeer(torch).run(site, file));
        print(out, round, "PyTorch", theirs);
      }
    }
    double rate = median(ours);
    result.put("examplesPerSecond", rate);
    out.printf(Locale.ROOT, "%n%,.0f examples/s sustained", rate);
    if (peer == Peer.TORCH) {
      double other = median(theirs);
      result.put("peerExamplesPerSecond", other).put("ratio", rate / other);
      out.printf(Locale.ROOT, ", %.3f of PyTorch's %,.0f", rate / other, other);
    }
    out.println();
    return rate;
  }

  private static void print(PrintWriter out, int round, String side, List<Throughput> all) {
    Throughput last = all.get(all.size() - 1);
    out.printf(
        Locale.ROOT,
        "round %d: %-8s %,8.0f examples/s, %,d in %.1f s%n",
        round,
        side,
        last.perSecond(),
        last.examples(),
        last.seconds());
    out.flush();
  }

  private static double median(List<Throughput> all) {
    return Median.of(all.stream().mapToDouble(Throughput::perSecond).toArray());
  }

  private void freshness(StreamSite site, double rate, ObjectNode result, PrintWriter out)
      throws IOException, InterruptedException {
    Path specification = site.specification(LIVE, false);
    FilledTopic.fill(site.home(), specification, StreamSite.PARTITIONS, 1);
    Path run = site.directory().resolve("run-live");
    long many = Math.max(1, (long) (rate * seconds));
    try (ChildProcess training = site.training(specification, run)) {
      StreamSite.awaitStep(training, run);
      try (ChildProcess producing = site.producing(specification, rate, many)) {
        producing.await(LIMIT);
      }
      if (!training.isAlive()) {
        throw new IOException("the run ended:\n" + training.lastLines());
      }
    }
    CsvFile curve = CsvFile.read(run.resolve("curve.csv"));
    double[] ends = curve.values("seconds");
    Freshness freshness = Freshness.of(curve, ends.length == 0 ? 0 : ends[ends.length - 1] / 3);
    out.printf(
        Locale.ROOT,
        "freshness at %,.0f records/s, ms from record to published version, %,d records:%n",
        rate,
        freshness.records());
    print(out, "at most (oldest of its step)", freshness.oldest());
    print(out, "at least (newest of its step)", freshness.newest());
    ObjectNode object = result.putObject("freshness").put("recordsPerSecond", rate);
    object.put("p50AtMost", freshness.oldest().p50()).put("p99AtMost", freshness.oldest().p99());
    object.put("p50AtLeast", freshness.newest().p50()).put("p99AtLeast", freshness.newest().p99());
  }

  private static void print(PrintWriter out, String what, Freshness.Quantiles quantiles) {
    out.printf(
        Locale.ROOT, "  %-30s p50 %6.0f  p99 %6.0f%n", what, quantiles.p50(), quantiles.p99());
  }
}
