package dev.drey.job.cli;

import dev.drey.connectors.kafka.TopicException;
import dev.drey.connectors.store.ExchangeDirectory;
import dev.drey.connectors.store.JobStores;
import dev.drey.core.aggregation.Tally;
import dev.drey.core.exchange.Store;
import dev.drey.core.feature.ExampleEncoding;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkerException;
import dev.drey.job.cli.shell.ExitCode;
import dev.drey.job.cli.shell.Interrupts;
import dev.drey.job.cli.shell.SetOption;
import dev.drey.job.cli.shell.Shell;
import dev.drey.job.flink.FileSystems;
import dev.drey.job.flink.FlinkOptions;
import dev.drey.job.prepare.PreparedStream;
import dev.drey.job.run.StopSignal;
import dev.drey.job.serve.ServeCheck;
import dev.drey.job.specification.PublishSettings;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.TopicSettings;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Scores a run's stream with the versions that it announces. */
@Command(
    name = "serve-check",
    description = {
      "Follows a run's announcements and scores its stream with the newest version.",
      "",
      "Reads the run specification SPEC, whose data are a stream, and the topic where the run"
          + " announces versions (output.publish.announce). It begins with the newest announcement,"
          + " at the records that this version was not trained on, takes each later version between"
          + " two records, and prints a line as a version begins, and one with its records, loss"
          + " and accuracy (or mean absolute error) as it ends. Weights are checked against the"
          + " announced SHA-256. Ctrl-C ends it.",
      ""
    })
final class ServeCheckCommand implements Callable<Integer> {

  private static final long SPARE_BYTES = 64L << 20;

  /** Versions in the store at the same time: the one that scores, and the next. */
  private static final int VERSIONS = 2;

  @Parameters(paramLabel = "SPEC", description = "the run specification of the stream")
  private @Nullable Path specificationFile;

  @Option(
      names = "--announcements",
      paramLabel = "TOPIC",
      description = "where they are (default: that of output.publish.announce)")
  private @Nullable String topic;

  @Option(
      names = "--versions",
      paramLabel = "DIR",
      description =
          "announced versions must lie below it (default: output.publish.to, else output.directory,"
              + " else the working directory)")
  private @Nullable String versions;

  @Option(names = "--records", paramLabel = "N", description = "ends after so many records")
  private long most = Long.MAX_VALUE;

  @Mixin private SetOption overrides = new SetOption();

  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      description =
          "an option of Flink's file systems, as -D s3.endpoint=http://localhost:9000; a secret as"
              + " '{env: NAME}' or '{file: PATH}'")
  private Map<String, String> flinkOptions = new LinkedHashMap<>();

  private final PredictCommand.Workers workers;
  private final Shell shell;

  ServeCheckCommand(PredictCommand.Workers workers, Shell shell) {
    this.workers = workers;
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      FileSystems.open(FlinkOptions.resolve(flinkOptions, shell.directory()));
      serve();
      return ExitCode.DONE;
    } catch (SpecificationException e) {
      shell.complain(e);
      return ExitCode.USAGE;
    } catch (IOException | TopicException | KafkaException | WorkerException e) {
      shell.err().println("drey: " + e.getMessage());
      return ExitCode.FAILED;
    }
  }

  private void serve()
      throws SpecificationException,
          IOException,
          TopicException,
          WorkerException,
          InterruptedException {
    RunSpecification specification =
        RunSpecification.readAlone(
            shell.directory().resolve(Objects.requireNonNull(specificationFile)),
            overrides.values());
    if (specification.stream().isEmpty()) {
      throw fault("data.kafka", "is missing: the data are no stream");
    }
    TopicSettings announcements = announcements(specification);
    PreparedStream stream = PreparedStream.open(specification);
    ExampleEncoding encoding =
        stream
            .fields()
            .orElseThrow(
                () ->
                    fault("data.format", "is a class, must be a format that features are made of"));
    long bytes = VERSIONS * (long) stream.network().parameterCount() * Float.BYTES + SPARE_BYTES;
    StopSignal stop = new StopSignal();
    Interrupts interrupts =
        new Interrupts(stop::request, () -> Runtime.getRuntime().halt(ExitCode.INTERRUPTED));
    try (interrupts;
        ExchangeDirectory exchange = ExchangeDirectory.create(shell.directory(), bytes);
        Store store = JobStores.open(exchange.weights());
        GradientWorker worker = workers.open(exchange);
        ServeCheck check =
            ServeCheck.open(
                specification,
                stream,
                encoding,
                new ServeCheck.Announcements(announcements, below(specification)),
                new ServeCheck.Computing(worker, store, shell.clock()),
                new Reporter(stream))) {
      ServeCheck.Count all = check.run(most, stop::isRequested);
      shell.out().println("drey: all: " + text(stream, all));
      if (check.passedOver() > 0) {
        shell.err().println("drey: " + check.passedOver() + " announcements passed over");
      }
    }
  }

  /** The directory below which announced versions must lie. */
  private URI below(RunSpecification specification) throws SpecificationException {
    if (versions == null) {
      return specification
          .output()
          .publish()
          .flatMap(PublishSettings::to)
          .orElseGet(
              () ->
                  specification
                      .output()
                      .directory()
                      .map(directory -> shell.directory().resolve(directory))
                      .orElse(shell.directory())
                      .toUri());
    }
    if (!versions.contains("://")) {
      return shell.directory().resolve(versions).toUri();
    }
    try {
      return URI.create(versions);
    } catch (IllegalArgumentException e) {
      throw fault("--versions", "is " + versions + ", must be a path or a URI: " + e.getMessage());
    }
  }

  private TopicSettings announcements(RunSpecification specification)
      throws SpecificationException {
    Optional<TopicSettings> announced =
        specification.output().publish().flatMap(PublishSettings::announce);
    if (topic != null) {
      return new TopicSettings(
          topic,
          announced.flatMap(TopicSettings::servers),
          announced.map(TopicSettings::properties).orElse(Map.of()));
    }
    return announced.orElseThrow(
        () ->
            fault(
                "--announcements",
                "is missing, and the specification has no output.publish.announce"));
  }

  private static SpecificationException fault(String key, String problem) {
    return new SpecificationException(List.of(Fault.of(key, problem)));
  }

  /** Prints which version scores, with what result, and what fails. */
  private final class Reporter implements ServeCheck.Listener {

    private final PreparedStream stream;

    Reporter(PreparedStream stream) {
      this.stream = stream;
    }

    @Override
    public void swapped(long version, String place) {
      shell.out().println("drey: version " + version + " scores, of " + place);
    }

    @Override
    public void scored(long version, ServeCheck.Count count) {
      shell.out().println("drey: version " + version + ": " + text(stream, count));
    }

    @Override
    public void failed(String problem) {
      shell.err().println("drey: " + problem);
    }
  }

  private static String text(PreparedStream stream, ServeCheck.Count count) {
    Tally scores = count.scores();
    String text = String.format(Locale.ROOT, "%,d records", count.records());
    if (count.unscored() > 0) {
      text += String.format(Locale.ROOT, ", %,d of them not scored", count.unscored());
    }
    if (scores.examples() == 0) {
      return text;
    }
    text += String.format(Locale.ROOT, ", loss %.4f", scores.loss());
    return text
        + (stream.network().loss().classifies()
            ? String.format(Locale.ROOT, ", accuracy %.4f", scores.accuracy())
            : String.format(Locale.ROOT, ", mean absolute error %.4f", scores.absoluteError()));
  }
}
