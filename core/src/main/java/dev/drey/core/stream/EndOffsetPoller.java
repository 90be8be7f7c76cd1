package dev.drey.core.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
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

  /** How long a question may still be answered when the poller is closed. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** Longest wait for the thread's end after that; it is a daemon. */
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

  private final EndOffsets.Provider provider;
  private final Duration every;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();
  private final AtomicLong answers = new AtomicLong();
  private boolean closed;
  private volatile Map<String, Long> ends = Map.of();
  private volatile Map<String, Long> starts = Map.of();

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
   * the records count from where reading begins, or, where that is not known, from the end that
   * this poller saw first.
   *
   * @param intake of the steps
   */
  public Lag lag(Intake intake) {
    return Lag.of(ends, starts, intake);
  }

  /** The ends known last; empty before the first answer. */
  public Map<String, Long> ends() {
    return ends;
  }

  /** How many answers there were. */
  public long answers() {
    return answers.get();
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
      if (!starts.keySet().containsAll(now.keySet())) {
        Map<String, Long> all = new HashMap<>(now);
        all.putAll(source.starts());
        all.putAll(starts);
        starts = Map.copyOf(all);
      }
    } catch (IOException e) {
      LOG.info("the ends of the stream cannot be asked at the moment: {}", e.toString());
      return;
    }
    ends = now;
    answers.incrementAndGet();
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
    try {
      thread.join(GRACE.toMillis());
      thread.interrupt();
      thread.join(CLOSE_WITHIN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
