package dev.drey.core.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for the ends of a stream's partitions now and then, on a thread of its own. What cannot be
 * asked at the moment stays as it was. Thread-safe.
 */
public final class EndOffsetPoller implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EndOffsetPoller.class);

  /** Longest wait for the thread's end; it is a daemon. */
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

  private final EndOffsets.Provider provider;
  private final Duration every;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();
  private boolean closed;
  private volatile long answers;
  private volatile Map<String, Long> ends = Map.of();
  private volatile Map<String, Long> firstEnds = Map.of();

  /**
   * A poller that asks nothing yet.
   *
   * @param every between two questions
   * @param found called with each answer, on the poller's thread
   */
  public EndOffsetPoller(
      EndOffsets.Provider provider, Duration every, Consumer<Map<String, Long>> found) {
    this.provider = provider;
    this.every = every;
    this.thread = new Thread(() -> poll(found), "stream-ends");
    thread.setDaemon(true);
  }

  /** Asks from now on. */
  public void start() {
    thread.start();
  }

  /**
   * The lag of steps, behind the ends known last. Of a partition that was not read for any step,
   * the records count that were written since this poller saw it first.
   *
   * @param intake of the steps
   */
  public Lag lag(Intake intake) {
    return Lag.of(ends, firstEnds, intake);
  }

  /** The ends known last; empty before the first answer. */
  public Map<String, Long> ends() {
    return ends;
  }

  /** How many answers there were. */
  public long answers() {
    return answers;
  }

  private void poll(Consumer<Map<String, Long>> found) {
    try (EndOffsets source = provider.open()) {
      do {
        ask(source, found);
      } while (!isClosedWithin(every));
    } catch (IOException e) {
      LOG.warn("the lag of the stream will not be known: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private void ask(EndOffsets source, Consumer<Map<String, Long>> found)
      throws InterruptedException {
    Map<String, Long> now;
    try {
      now = Map.copyOf(source.ends());
    } catch (IOException e) {
      LOG.info("the ends of the stream cannot be asked at the moment: {}", e.toString());
      return;
    }
    Map<String, Long> first = new HashMap<>(now);
    first.putAll(firstEnds);
    firstEnds = Map.copyOf(first);
    ends = now;
    answers = answers + 1; // this thread alone writes it
    found.accept(now);
  }

  private boolean isClosedWithin(Duration time) throws InterruptedException {
    lock.lock();
    try {
      long left = time.toNanos();
      while (!closed && left > 0) {
        left = closing.awaitNanos(left);
      }
      return closed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      closing.signalAll();
    } finally {
      lock.unlock();
    }
    thread.interrupt();
    try {
      thread.join(TimeUnit.NANOSECONDS.toMillis(CLOSE_WITHIN.toNanos()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
