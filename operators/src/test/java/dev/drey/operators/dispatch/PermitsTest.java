package dev.drey.operators.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PermitsTest {

  @Test
  void whoFindsNoPermitWaitsInLine() {
    Permits permits = new Permits(2);
    List<String> ran = new ArrayList<>();
    permits.acquire(() -> ran.add("a"));
    permits.acquire(() -> ran.add("b"));
    permits.acquire(() -> ran.add("c"));
    permits.acquire(() -> ran.add("d"));
    assertThat(ran).containsExactly("a", "b");
    assertThat(permits.waiting()).isEqualTo(2);

    permits.release();
    assertThat(ran).containsExactly("a", "b", "c");
    permits.release();
    permits.release();

    assertThat(ran).containsExactly("a", "b", "c", "d");
    assertThat(permits.waiting()).isZero();
  }

  @Test
  void aPermitThatNobodyWaitsForIsKept() {
    Permits permits = new Permits(1);
    permits.acquire(() -> {});
    permits.release();
    AtomicInteger ran = new AtomicInteger();

    permits.acquire(ran::incrementAndGet);

    assertThat(ran).hasValue(1);
  }

  /** A worker that fails at once gives each permit back within the call that got it. */
  @Test
  void aLongLineOfActionsThatEndAtOnceNeedsNoDeepStack() {
    Permits permits = new Permits(1);
    permits.acquire(() -> {});
    AtomicInteger ran = new AtomicInteger();
    for (int i = 0; i < 100_000; i++) {
      permits.acquire(
          () -> {
            ran.incrementAndGet();
            permits.release();
          });
    }

    permits.release();

    assertThat(ran).hasValue(100_000);
    assertThat(permits.waiting()).isZero();
  }

  @Test
  void thereAreNeverMoreThanThePermits() throws Exception {
    int count = 3;
    int actions = 3_000;
    Permits permits = new Permits(count);
    AtomicInteger busy = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(actions);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int i = 0; i < actions; i++) {
        threads.execute(
            () ->
                permits.acquire(
                    () -> {
                      most.accumulateAndGet(busy.incrementAndGet(), Math::max);
                      threads.execute(
                          () -> {
                            busy.decrementAndGet();
                            permits.release();
                            done.countDown();
                          });
                    }));
      }
      done.await();
    } finally {
      threads.shutdownNow();
    }

    assertThat(most.get()).isBetween(1, count);
    assertThat(busy).hasValue(0);
  }

  @Test
  void withoutPermitsNothingWouldEverRun() {
    assertThatThrownBy(() -> new Permits(0)).hasMessage("permits is 0, must be at least 1");
  }
}
