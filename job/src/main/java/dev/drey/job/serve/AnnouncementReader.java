package dev.drey.job.serve;

import dev.drey.connectors.kafka.RecordConsumer;
import dev.drey.core.stream.RawRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Reads the announcements of a run. What is not one is reported, counted and passed over. For one
 * thread.
 */
final class AnnouncementReader implements AutoCloseable {

  private static final Duration WAIT = Duration.ofMillis(200);

  /** Announcements that are kept of those that arrive together: more than one may be wrong. */
  private static final int MOST_KEPT = 16;

  private final String run;
  private final RecordConsumer records;
  private final ServeCheck.Listener listener;
  private long passedOver;

  /**
   * @param run name of the run to follow
   * @param records of the topic, from the start; closed with this reader
   */
  AnnouncementReader(String run, RecordConsumer records, ServeCheck.Listener listener) {
    this.run = run;
    this.records = records;
    this.listener = listener;
  }

  /** How many announcements were passed over. */
  long passedOver() {
    return passedOver;
  }

  /** Reports and counts an announcement that is not valid, or cannot be followed. */
  void passOver(String problem) {
    passedOver++;
    listener.failed(problem);
  }

  /**
   * The last announcements of those that have not been read, the newest last. At the start this
   * skips all older ones.
   *
   * @param wait longest wait for the first
   */
  Deque<AnnouncedVersion> newest(Duration wait) {
    Deque<AnnouncedVersion> newest = new ArrayDeque<>();
    List<RawRecord> more = records.poll(wait);
    while (!more.isEmpty()) {
      for (RawRecord record : more) {
        add(record, newest);
      }
      more = records.isAtEnd() ? List.of() : records.poll(WAIT);
    }
    return newest;
  }

  private void add(RawRecord record, Deque<AnnouncedVersion> newest) {
    try {
      AnnouncedVersion.of(record, run).ifPresent(newest::add);
    } catch (IOException e) {
      passOver(String.valueOf(e.getMessage()));
    }
    if (newest.size() > MOST_KEPT) {
      newest.removeFirst();
    }
  }

  @Override
  public void close() {
    records.close();
  }
}
