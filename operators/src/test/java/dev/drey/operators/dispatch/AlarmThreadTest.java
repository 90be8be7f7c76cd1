package dev.drey.operators.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.operators.alarm.AlarmThread;
import dev.drey.operators.alarm.Alarms;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class AlarmThreadTest {

  private static final Duration LONG = Duration.ofHours(1);

  @Test
  void alarmsRingInTheOrderOfTheirTimes() throws Exception {
    try (AlarmThread alarms = new AlarmThread("alarms-of-a-test")) {
      List<String> order = new CopyOnWriteArrayList<>();
      CountDownLatch rung = new CountDownLatch(2);
      var unusedLater =
          alarms.after(
              Duration.ofSeconds(1), // both are set long before, on the busiest machine
              () -> {
                order.add("later");
                rung.countDown();
              });
      var unusedSooner =
          alarms.after(
              Duration.ofMillis(1),
              () -> {
                order.add("sooner");
                rung.countDown();
              });

      rung.await();

      assertThat(order).containsExactly("sooner", "later");
    }
  }

  @Test
  void aCancelledAlarmDoesNotRing() throws Exception {
    try (AlarmThread alarms = new AlarmThread("alarms-of-a-test")) {
      CountDownLatch cancelled = new CountDownLatch(1);
      CompletableFuture<String> first = new CompletableFuture<>();
      var unusedBusy = alarms.after(Duration.ZERO, () -> awaitQuietly(cancelled));
      Alarms.Alarm alarm = alarms.after(Duration.ZERO, () -> first.complete("cancelled"));
      var unused = alarms.after(Duration.ofMillis(1), () -> first.complete("the other"));

      alarm.cancel();
      cancelled.countDown();

      assertThat(first.get()).isEqualTo("the other");
    }
  }

  @Test
  void closingEndsTheThreadAndForgetsWhatWasToCome() throws Exception {
    AlarmThread alarms = new AlarmThread("alarms-to-be-closed");
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    var unusedLate = alarms.after(LONG, () -> {});
    var unusedNow = alarms.after(Duration.ZERO, () -> thread.complete(Thread.currentThread()));
    assertThat(thread.get().isDaemon()).isTrue();

    alarms.close();
    alarms.after(Duration.ZERO, () -> {}).cancel();

    thread.get().join();
    assertThat(thread.get().isAlive()).isFalse();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
