package dev.drey.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EndOffsetPollerTest {

  private final BlockingQueue<Map<String, Long>> answers = new LinkedBlockingQueue<>();
  private final BlockingQueue<Map<String, Long>> found = new LinkedBlockingQueue<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Answers what the test gives it; an empty map stands for a failure. */
  private final class Ends implements EndOffsets {

    @Override
    public Map<String, Long> ends() throws IOException, InterruptedException {
      Map<String, Long> answer = answers.take();
      if (answer.isEmpty()) {
        throw new IOException("not now");
      }
      return answer;
    }

    @Override
    public Map<String, Long> starts() {
      return Map.of("a-0", 4L);
    }

    @Override
    public void close() {
      closed.set(true);
    }
  }

  private EndOffsetPoller started(EndOffsets.Provider provider) {
    EndOffsetPoller poller = new EndOffsetPoller(provider, Duration.ofMillis(1), found::add);
    poller.start();
    return poller;
  }

  private Map<String, Long> answer(Map<String, Long> ends) throws InterruptedException {
    answers.add(ends);
    Map<String, Long> seen = found.poll(60, TimeUnit.SECONDS);
    assertThat(seen).isEqualTo(ends);
    return ends;
  }

  @Test
  void theLagGrowsWithTheEndsAndAFailureChangesNothing() throws Exception {
    try (EndOffsetPoller poller = started(Ends::new)) {
      assertThat(poller.lag(Intake.NONE)).isEqualTo(Lag.NONE);
      answer(Map.of("a-0", 10L));
      assertThat(poller.lag(Intake.NONE).of("a-0")).isEqualTo(6); // begins at 4

      answers.add(Map.of());
      answer(Map.of("a-0", 25L, "a-1", 5L));

      assertThat(poller.lag(Intake.NONE).partitions()).isEqualTo(Map.of("a-0", 21L, "a-1", 0L));
      assertThat(poller.answers()).isEqualTo(2);
    }
    assertThat(closed).isTrue();
  }

  @Test
  void whatCannotBeAskedAtAllHasNoLag() {
    try (EndOffsetPoller poller =
        started(
            () -> {
              throw new IOException("no client");
            })) {
      assertThat(poller.lag(Intake.NONE)).isEqualTo(Lag.NONE);
    }
  }
}
