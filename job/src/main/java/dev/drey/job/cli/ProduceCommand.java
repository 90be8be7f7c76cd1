package dev.drey.job.cli;

import dev.drey.connectors.kafka.KafkaSettings;
import dev.drey.connectors.kafka.RecordProducer;
import dev.drey.connectors.kafka.TopicException;
import dev.drey.connectors.kafka.Topics;
import dev.drey.job.cli.shell.ExitCode;
import dev.drey.job.cli.shell.SetOption;
import dev.drey.job.cli.shell.Shell;
import dev.drey.job.produce.RowReader;
import dev.drey.job.produce.RowSender;
import dev.drey.job.produce.SendRate;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.data.StreamSettings;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes rows of a file to the topic of a specification. */
@Command(
    name = "produce",
    description = {
      "Writes rows of a file to a run's topic, at a rate.",
      "",
      "Reads the run specification SPEC, whose data are a stream, and writes rows to its topic in its"
          + " format, in order: of a CSV file with a header line as JSON objects, or of another"
          + " specification's data set as float arrays. Ends with the file; --loop begins anew until"
          + " it is interrupted.",
      ""
    })
final class ProduceCommand implements Callable<Integer> {

  @Parameters(paramLabel = "SPEC", description = "the run specification of the stream")
  private @Nullable Path specificationFile;

  @ArgGroup(multiplicity = "1")
  private @Nullable RowsOption rows;

  /** The source of the rows. */
  static final class RowsOption {
    @Option(
        names = "--file",
        paramLabel = "CSV",
        description = "a CSV file with a header line, or gzip of one; for format json")
    private @Nullable Path file;

    @Option(
        names = "--rows-of",
        paramLabel = "SPEC",
        description = "the data set of a specification, normalized as it says; for format floats")
    private @Nullable Path dataSet;
  }

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "records a second (default: as fast as can be)")
  private double rate = Double.POSITIVE_INFINITY;

  @Option(names = "--loop", description = "begins anew at the end of the file")
  private boolean loop;

  @Option(names = "--limit", paramLabel = "N", description = "ends after so many records")
  private long limit = Long.MAX_VALUE;

  @Option(
      names = "--drift-at",
      paramLabel = "N",
      description =
          "from the record of that number on (the first is 0) labels change: a class of --rows-of"
              + " becomes the next one, a number with label.above is turned around its threshold")
  private long driftAt = Long.MAX_VALUE;

  @Option(names = "--key", paramLabel = "COLUMN", description = "the records' key (default: none)")
  private @Nullable String key;

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      description = "where they go (default: the first of data.kafka.topics)")
  private @Nullable String topic;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "makes the topic first, with so many partitions, unless it is there")
  private int partitions;

  @Mixin private SetOption overrides = new SetOption();

  private final Shell shell;

  ProduceCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      RunSpecification specification =
          RunSpecification.readAlone(
              resolved(Objects.requireNonNull(specificationFile)), overrides.values());
      StreamSettings stream =
          specification.stream()
              .orElseThrow(() -> fault("data.kafka", "is missing: the data are no stream"));
      KafkaSettings kafka = stream.kafka();
      RowReader.Source source = source(stream);
      String name = topicName(kafka);
      if (partitions > 0 && RecordProducer.create(kafka, name, partitions)) {
        shell.out().println("drey: made topic " + name + " of " + partitions + " partitions");
      }
      return produce(kafka, name, new RowSender(source, new SendRate(rate), loop, limit, driftAt));
    } catch (SpecificationException e) {
      shell.complain(e);
      return ExitCode.USAGE;
    } catch (IllegalArgumentException | IOException e) {
      shell.err().println("drey: " + e.getMessage());
      return ExitCode.USAGE;
    } catch (TopicException | KafkaException e) {
      shell.err().println("drey: " + e.getMessage());
      return ExitCode.FAILED;
    }
  }

  private RowReader.Source source(StreamSettings stream)
      throws SpecificationException, IOException {
    RowsOption chosen = Objects.requireNonNull(rows);
    boolean drifts = driftAt < Long.MAX_VALUE;
    if (chosen.file != null) {
      return ProduceSources.csv(stream, resolved(chosen.file), key, drifts);
    }
    Path other = resolved(Objects.requireNonNull(chosen.dataSet));
    return ProduceSources.floats(stream, RunSpecification.read(other, Map.of()), drifts);
  }

  private int produce(KafkaSettings kafka, String name, RowSender replay)
      throws IOException, InterruptedException {
    long start = shell.nanoTime().getAsLong();
    try (RecordProducer producer = new RecordProducer(kafka, name)) {
      long sent =
          replay.run(
              shell.nanoTime(),
              LockSupport::parkNanos,
              record -> producer.send(record.key(), record.value()),
              count -> print(count, name, start));
      producer.flush();
      print(sent, name, start);
      return ExitCode.DONE;
    }
  }

  private void print(long count, String name, long start) {
    double seconds = Math.max(1e-9, (shell.nanoTime().getAsLong() - start) / 1e9);
    shell
        .out()
        .printf(
            Locale.ROOT,
            "drey: %,d records to %s in %.1f s, %,.0f/s%n",
            count,
            name,
            seconds,
            count / seconds);
  }

  private String topicName(KafkaSettings kafka) throws SpecificationException {
    if (topic != null) {
      return topic;
    }
    if (kafka.topics() instanceof Topics.Named named) {
      return named.names().get(0);
    }
    throw fault("--topic", "is missing: data.kafka has a topic-pattern");
  }

  private static SpecificationException fault(String key, String problem) {
    return new SpecificationException(List.of(Fault.of(key, problem)));
  }

  private Path resolved(Path path) {
    return shell.directory().resolve(path).normalize();
  }
}
