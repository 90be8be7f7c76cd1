package dev.drey.job.serve;

import dev.drey.connectors.kafka.KafkaSettings;
import dev.drey.connectors.kafka.KafkaTopics;
import dev.drey.connectors.kafka.RecordConsumer;
import dev.drey.connectors.kafka.TopicException;
import dev.drey.core.aggregation.Tally;
import dev.drey.core.feature.ExampleEncoding;
import dev.drey.core.store.WeightStore;
import dev.drey.core.stream.Example;
import dev.drey.core.stream.RawRecord;
import dev.drey.core.stream.RejectedRecordException;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkerException;
import dev.drey.job.model.DirectCalls;
import dev.drey.job.prepare.PreparedStream;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.TopicSettings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Scores the records of a stream with the newest version that was announced, and takes the next one
 * between two records. It begins behind the records that its first version was trained on; each
 * record from there on is scored once, by one version. One thread.
 */
public final class ServeCheck implements AutoCloseable {

  /** Who is told. */
  public interface Listener {

    /** A version scores from now on. */
    void swapped(long version, String place);

    /** A version that scored gives way. */
    void scored(long version, Count count);

    /** A version cannot be had, the one before goes on; or a record of the topic means nothing. */
    void failed(String problem);
  }

  /**
   * What became of records.
   *
   * @param scores of those that were scored
   * @param unscored those without label, or that no example can be made of
   */
  public record Count(Tally scores, long unscored) {

    static final Count NONE = new Count(Tally.ZERO, 0);

    public long records() {
      return scores.examples() + unscored;
    }

    Count plus(Count other) {
      return new Count(scores.plus(other.scores), unscored + other.unscored);
    }
  }

  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final Duration WAIT = Duration.ofMillis(200);

  /** Records of one request. */
  private static final int MOST = 1000;

  private final String run;
  private final RecordConsumer announcements;
  private final RecordConsumer records;
  private final Models models;
  private final Scorer scorer;
  private final Listener listener;

  private @Nullable Served served;
  private Count count = Count.NONE;

  private ServeCheck(
      String run,
      RecordConsumer announcements,
      RecordConsumer records,
      Models models,
      Scorer scorer,
      Listener listener) {
    this.run = run;
    this.announcements = announcements;
    this.records = records;
    this.models = models;
    this.scorer = scorer;
    this.listener = listener;
  }

  /**
   * What computes.
   *
   * @param worker the caller's to close
   * @param store that the worker reads weights from; the caller's to close
   */
  public record Computing(GradientWorker worker, WeightStore store, Clock clock) {}

  /**
   * Connects.
   *
   * @param specification of the run, whose data are a stream
   * @param encoding of its records
   * @param topic of the announcements
   * @throws TopicException if the topics cannot be read
   */
  public static ServeCheck open(
      RunSpecification specification,
      PreparedStream stream,
      ExampleEncoding encoding,
      TopicSettings topic,
      Computing computing,
      Listener listener)
      throws TopicException, InterruptedException {
    KafkaSettings kafka = stream.settings().kafka();
    KafkaSettings told = topic.kafka(specification.stream());
    Map<String, Integer> topics = new KafkaTopics(kafka, DEADLINE).partitions();
    Map<String, Integer> tellers = new KafkaTopics(told, DEADLINE).partitions();
    return new ServeCheck(
        specification.name(),
        new RecordConsumer(told, tellers, true),
        new RecordConsumer(kafka, topics, false),
        new Models(stream.network(), encoding, computing.store()),
        new Scorer(
            new DirectCalls(
                specification.name(), stream.network(), computing.worker(), computing.clock())),
        listener);
  }

  /**
   * Scores.
   *
   * @param most records, after which it ends
   * @param stop asked between two mini-batches
   * @return what became of all records
   * @throws WorkerException if the worker fails
   */
  public Count run(long most, BooleanSupplier stop) throws IOException, WorkerException {
    Count total = Count.NONE;
    while (!stop.getAsBoolean() && total.records() < most) {
      swap(announcements.poll(served == null ? WAIT : Duration.ZERO));
      Served now = served;
      if (now != null) {
        List<RawRecord> polled = records.poll(WAIT);
        int taken = (int) Math.min(polled.size(), most - total.records());
        for (int from = 0; from < taken; from += MOST) {
          Count scored = score(now, polled.subList(from, Math.min(taken, from + MOST)));
          count = count.plus(scored);
          total = total.plus(scored);
        }
      }
    }
    tellCount();
    return total;
  }

  private void swap(List<RawRecord> polled) throws IOException {
    Optional<Announced> newest = newest(polled);
    if (newest.isEmpty()) {
      return;
    }
    try {
      Served next = models.load(newest.get());
      tellCount();
      if (served == null) {
        records.seek(next.offsets());
      } else {
        models.unload(served);
      }
      served = next;
      listener.swapped(next.announced().version(), next.announced().place());
    } catch (IOException e) {
      listener.failed("version " + newest.get().version() + " is not taken: " + e.getMessage());
    }
  }

  /** The last one; at the start those before it are read past. */
  private Optional<Announced> newest(List<RawRecord> polled) {
    Optional<Announced> newest = Optional.empty();
    List<RawRecord> more = polled;
    do {
      for (RawRecord record : more) {
        try {
          Optional<Announced> before = newest;
          newest = Announced.of(record, run).or(() -> before);
        } catch (IOException e) {
          listener.failed(e.getMessage());
        }
      }
      more = more.isEmpty() || announcements.isAtEnd() ? List.of() : announcements.poll(WAIT);
    } while (!more.isEmpty());
    return newest;
  }

  private void tellCount() {
    if (served != null) {
      listener.scored(served.announced().version(), count);
    }
    count = Count.NONE;
  }

  private Count score(Served by, List<RawRecord> batch) throws IOException, WorkerException {
    List<Example> examples = new ArrayList<>();
    for (RawRecord record : batch) {
      try {
        examples.add(by.encoder().encode(record));
      } catch (RejectedRecordException e) {
        // Counted: the run itself tells of it.
      }
    }
    return new Count(scorer.score(by, examples), batch.size() - examples.size());
  }

  @Override
  public void close() {
    announcements.close();
    records.close();
  }
}
