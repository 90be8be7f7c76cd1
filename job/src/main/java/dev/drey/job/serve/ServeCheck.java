package dev.drey.job.serve;

import dev.drey.connectors.kafka.KafkaSettings;
import dev.drey.connectors.kafka.KafkaTopics;
import dev.drey.connectors.kafka.RecordConsumer;
import dev.drey.connectors.kafka.TopicException;
import dev.drey.core.aggregation.Tally;
import dev.drey.core.exchange.Store;
import dev.drey.core.feature.ExampleEncoding;
import dev.drey.core.stream.Example;
import dev.drey.core.stream.RawRecord;
import dev.drey.core.stream.RejectedRecordException;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkerException;
import dev.drey.job.model.WorkerClient;
import dev.drey.job.prepare.PreparedStream;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.TopicSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Scores the records of a stream with the newest announced version, and changes versions between
 * two records. It starts after the records that its first version was trained on, and scores each
 * later record once, with one version. Single-threaded.
 */
public final class ServeCheck implements AutoCloseable {

  /** Receives events. */
  public interface Listener {

    /** A version is used from now on. */
    void swapped(long version, String place);

    /** A version is no longer used. */
    void scored(long version, Count count);

    /** A version cannot be loaded, so the one before stays in use; or a record is not valid. */
    void failed(String problem);
  }

  /**
   * Counts of records.
   *
   * @param scores sums over the scored records
   * @param unscored records without a label, or that cannot become examples
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

  /** Maximum number of records in a request. */
  private static final int MAX_BATCH = 1000;

  private final AnnouncementReader announcements;
  private final RecordConsumer records;
  private final ModelLoader models;
  private final Scorer scorer;
  private final Listener listener;

  private @Nullable ServedVersion served;
  private Count count = Count.NONE;

  private ServeCheck(
      AnnouncementReader announcements,
      RecordConsumer records,
      ModelLoader models,
      Scorer scorer,
      Listener listener) {
    this.announcements = announcements;
    this.records = records;
    this.models = models;
    this.scorer = scorer;
    this.listener = listener;
  }

  /**
   * The worker and its environment.
   *
   * @param worker closed by the caller
   * @param store from which the worker reads weights; closed by the caller
   */
  public record Computing(GradientWorker worker, Store store, Clock clock) {}

  /**
   * Where versions are announced.
   *
   * @param topic of the announcements
   * @param below the directory of the versions, a URI: announced places outside of it are refused
   */
  public record Announcements(TopicSettings topic, URI below) {}

  /**
   * Connects to the brokers.
   *
   * @param specification of a run on a stream
   * @param encoding of its records
   * @throws TopicException if the topics cannot be read
   */
  public static ServeCheck open(
      RunSpecification specification,
      PreparedStream stream,
      ExampleEncoding encoding,
      Announcements announced,
      Computing computing,
      Listener listener)
      throws TopicException, InterruptedException {
    KafkaSettings kafka = stream.settings().kafka();
    KafkaSettings announcing = announced.topic().kafka(specification.stream());
    Map<String, Integer> recordPartitions = new KafkaTopics(kafka, DEADLINE).partitions();
    Map<String, Integer> announcementPartitions =
        new KafkaTopics(announcing, DEADLINE).partitions();
    return new ServeCheck(
        new AnnouncementReader(
            specification.name(),
            new RecordConsumer(announcing, announcementPartitions, true),
            listener),
        new RecordConsumer(kafka, recordPartitions, false),
        new ModelLoader(
            stream.network(), encoding, new VersionRoot(announced.below()), computing.store()),
        new Scorer(
            new WorkerClient(
                specification.name(), stream.network(), computing.worker(), computing.clock())),
        listener);
  }

  /**
   * Scores records until {@code most} or a stop.
   *
   * @param most number of records after which it ends
   * @param stop checked between two batches
   * @return counts of all records
   * @throws WorkerException if the worker fails
   */
  public Count run(long most, BooleanSupplier stop) throws IOException, WorkerException {
    Count total = Count.NONE;
    while (!stop.getAsBoolean() && total.records() < most) {
      swap();
      ServedVersion now = served;
      if (now != null) {
        List<RawRecord> polled = records.poll(WAIT);
        int taken = (int) Math.min(polled.size(), most - total.records());
        for (int from = 0; from < taken; from += MAX_BATCH) {
          Count scored = score(now, polled.subList(from, Math.min(taken, from + MAX_BATCH)));
          count = count.plus(scored);
          total = total.plus(scored);
        }
      }
    }
    reportCount();
    return total;
  }

  /** How many announcements were not valid, or named a version that cannot be loaded. */
  public long passedOver() {
    return announcements.passedOver();
  }

  /** Takes the newest version that can be loaded, of the last announcements. */
  private void swap() throws IOException {
    Deque<AnnouncedVersion> announced = announcements.newest(served == null ? WAIT : Duration.ZERO);
    while (!announced.isEmpty()) {
      AnnouncedVersion newest = announced.removeLast();
      ServedVersion next;
      try {
        next = models.load(newest);
      } catch (IOException e) {
        announcements.passOver(
            "version " + newest.version() + " cannot be loaded: " + e.getMessage());
        continue;
      }
      use(next);
      return;
    }
  }

  private void use(ServedVersion next) throws IOException {
    reportCount();
    if (served == null) {
      records.seek(next.offsets());
    } else {
      models.unload(served);
    }
    served = next;
    listener.swapped(next.announced().version(), next.announced().place());
  }

  private void reportCount() {
    if (served != null) {
      listener.scored(served.announced().version(), count);
    }
    count = Count.NONE;
  }

  private Count score(ServedVersion by, List<RawRecord> batch) throws IOException, WorkerException {
    List<Example> examples = new ArrayList<>();
    for (RawRecord record : batch) {
      try {
        examples.add(by.encoder().encode(record));
      } catch (RejectedRecordException e) {
        // Counted as unscored. The run itself writes it to the dead letters.
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
