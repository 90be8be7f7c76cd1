package dev.drey.benchmarks.chaos;

import dev.drey.benchmarks.measure.FilledTopic;
import dev.drey.job.cluster.Broker;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

/** {@code drey bench chaos}. */
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    description = {
      "Trains once in peace and once with faults at random moments, and compares: the same bits of"
          + " weights and moments, every example counted once, no process left.",
      "",
      "Faults: workers that throw, exit, hang, straggle, are killed or stopped; answers that"
          + " are wrong in any way, lost or late; a service that throttles or is away; weights that"
          + " are missing, cut short or corrupt; a store that is slow or down; a task that throws;"
          + " a machine that is busy; kill -9 of the whole program, which is then resumed, also"
          + " with a damaged checkpoint, and not as long as its data are changed.",
      "",
      "A fault's seconds are those until a step is done that had not been done before. Exits with 1"
          + " if anything differs."
    })
public final class ChaosCommand implements Callable<Integer> {

  private static final Duration ORPHANS_END = Duration.ofSeconds(10);

  private static final String TOPIC = "chaos";
  private static final int TOPIC_PARTITIONS = 2;

  @Spec private CommandSpec command;

  @Option(
      names = "--faults",
      defaultValue = "200",
      description = "how many (${DEFAULT-VALUE}); every kind in turn")
  private int faults;

  @Option(names = "--seed", defaultValue = "1", description = "of the moments (${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--outage",
      defaultValue = "30",
      description = "seconds that the store is down when it is (${DEFAULT-VALUE})")
  private int outage;

  @Option(
      names = "--stream",
      description =
          "trains on a Kafka topic of two partitions instead of a data set: 200 records a step,"
              + " each to be counted once")
  private boolean stream;

  @Option(names = "--json", description = "prints one JSON object as the last line")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (faults < 1 || outage < 1) {
      throw new ParameterException(
          command.commandLine(),
          "--faults and --outage must be at least 1, not " + faults + " and " + outage);
    }
    PrintWriter out = command.commandLine().getOut();
    Path home = Path.of(System.getProperty("drey.home", "")).toAbsolutePath();
    Path directory = Files.createTempDirectory("drey-chaos-");
    try {
      ChaosReport report =
          stream ? ofStream(home, directory, out) : ofDataSet(home, directory, out);
      report.print(out);
      if (json) {
        out.println(report.json());
      }
      out.flush();
      return report.proves() ? 0 : 1;
    } catch (IOException e) {
      command.commandLine().getErr().println("drey bench: " + e.getMessage());
      return 1;
    } finally {
      FileUtils.deleteDirectory(directory.toFile());
    }
  }

  private ChaosReport ofDataSet(Path home, Path directory, PrintWriter out) throws Exception {
    ChaosSite.Feed feed = ChaosSite.Feed.dataSet(home, directory, ChaosRun.steps(faults));
    return run(ChaosSite.prepare(home, directory, feed), OptionalLong.empty(), out);
  }

  private ChaosReport ofStream(Path home, Path directory, PrintWriter out) throws Exception {
    long records = ChaosRun.steps(faults) * ChaosSite.STEP_EXAMPLES;
    try (Broker broker = Broker.open(home, Files.createDirectory(directory.resolve("kafka")))) {
      ChaosSite.Feed feed = ChaosSite.Feed.topic(broker.servers(), TOPIC);
      ChaosSite site = ChaosSite.prepare(home, directory, feed);
      FilledTopic.fill(home, site.specification(), TOPIC_PARTITIONS, records);
      return run(site, OptionalLong.of(records), out);
    }
  }

  private ChaosReport run(ChaosSite site, OptionalLong records, PrintWriter out) throws Exception {
    Path calm = site.directory().resolve("calm");
    Path chaos = site.directory().resolve("chaos");
    long start = System.nanoTime();
    ChaosRun.of(site, calm, 0, Duration.ofSeconds(outage), seed, recovery -> {});
    long between = System.nanoTime();
    int[] count = {0};
    List<Recovery> recoveries =
        ChaosRun.of(
            site,
            chaos,
            faults,
            Duration.ofSeconds(outage),
            seed,
            recovery -> {
              out.printf(
                  Locale.ROOT,
                  "%3d %-30s %6.2f s, %d steps redone%n",
                  ++count[0],
                  recovery.fault(),
                  recovery.seconds(),
                  recovery.stepsRedone());
              out.flush();
            });
    long end = System.nanoTime();
    return ChaosReport.of(
        recoveries,
        new ChaosReport.Runs(calm, chaos, records),
        orphans(site),
        (between - start) / 1e9,
        (end - between) / 1e9);
  }

  /** Processes that do not end by themselves soon after the run. */
  private static int orphans(ChaosSite site) throws InterruptedException {
    long end = System.nanoTime() + ORPHANS_END.toNanos();
    while (!site.processes().isEmpty() && System.nanoTime() < end) {
      Thread.sleep(100);
    }
    List<ProcessHandle> left = site.processes();
    left.forEach(ProcessHandle::destroyForcibly);
    return left.size();
  }
}
