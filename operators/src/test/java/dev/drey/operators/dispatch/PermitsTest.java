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
  void tasksOfALoopUseEachOthersPermits() {
    PermitPool pool = new PermitPool();
    Permits hung = new Permits(1, pool);
    Permits other = new Permits(1, pool);
    List<String> ran = new ArrayList<>();
    hung.acquire(() -> ran.add("hangs"));

    hung.acquire(() -> ran.add("a"));
    other.acquire(() -> ran.add("b"));
    assertThat(ran).containsExactly("hangs", "a");
    hung.release();

    assertThat(ran).containsExactly("hangs", "a", "b");
    assertThat(other.tryAcquire()).isFalse();
  }

  @Test
  void aTaskThatClosesTakesItsPermitsWithIt() {
    PermitPool pool = new PermitPool();
    Permits closing = new Permits(1, pool);
    Permits other = new Permits(1, pool);
    closing.acquire(() -> {});
    closing.acquire(() -> {});
    List<String> ran = new ArrayList<>();
    other.acquire(() -> ran.add("a"));
    other.acquire(() -> ran.add("b"));

    closing.close();
    assertThat(ran).containsExactly("a");
    closing.release(); // of a call that ends later
    assertThat(ran).containsExactly("a");
    other.release();

    assertThat(ran).containsExactly("a", "b");
  }

  @Test
  void loopsShareNoPermits() {
    Permits one = new Permits(1, PermitPool.join("one"));
    Permits another = new Permits(1, PermitPool.join("another"));
    try {
      assertThat(one.tryAcquire()).isTrue();
      assertThat(one.tryAcquire()).isFalse();
      assertThat(another.tryAcquire()).isTrue();
      assertThat(PermitPool.join("one")).isSameAs(PermitPool.join("one"));
    } finally {
      for (int task = 0; task < 3; task++) {
        PermitPool.leave("one");
      }
      PermitPool.leave("another");
    }
  }

  @Test
  void withoutPermitsNothingWouldEverRun() {
    assertThatThrownBy(() -> new Permits(0)).hasMessage("permits is 0, must be at least 1");
  }
}
