package dev.drey.operators.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WatchdogTest {

  private static final OpenRounds WAITING = new OpenRounds(12, 1, 2);

  private long nanos = -5; // nanoTime may be negative
  private final List<Throwable> alarms = new ArrayList<>();
  private final Watchdog watchdog = new Watchdog(Duration.ofSeconds(60), alarms::add, () -> nanos);

  @Test
  void aRunThatWaitsWithoutNewsForTooLongRaisesTheAlarm() {
    watchdog.moved(WAITING);
    after(59);
    assertThat(alarms).isEmpty();

    after(2);

    assertThat(alarms).hasSize(1);
    assertThat(alarms.get(0))
        .hasMessage(
            "the run stalls: version 12 is complete, 1 rounds are out and 2 more are awaited, and"
                + " nothing was announced for 61 s, must be less than 60 s. It starts again from"
                + " its last checkpoint");
  }

  @Test
  void newsBeginTheTimeAnew() {
    watchdog.moved(WAITING);
    after(59);
    watchdog.moved(WAITING);
    after(59);

    assertThat(alarms).isEmpty();
  }

  @Test
  void questionsAreNoNews() {
    watchdog.moved(WAITING);
    after(59);
    watchdog.asked(new OpenRounds(12, 1, 3));
    after(2);

    assertThat(alarms).hasSize(1);
  }

  @Test
  void whoWaitsForNothingMayTakeAllTime() {
    watchdog.moved(new OpenRounds(12, 0, 0));
    after(10_000);
    watchdog.asked(WAITING);
    after(59);
    assertThat(alarms).isEmpty();

    after(1);

    assertThat(alarms).hasSize(1);
  }

  @Test
  void theAlarmIsRaisedOncePerPeriod() {
    watchdog.moved(WAITING);
    after(60);
    after(59);
    assertThat(alarms).hasSize(1);

    after(1);

    assertThat(alarms).hasSize(2);
  }

  @Test
  void aThreadOfItsOwnChecksUntilTheWatchdogIsClosed() throws Exception {
    CompletableFuture<Throwable> alarm = new CompletableFuture<>();
    try (Watchdog own = new Watchdog(Duration.ofMillis(1), alarm::complete, System::nanoTime)) {
      own.start();
      own.start();
      own.moved(WAITING);
      assertThat(alarm.get(20, TimeUnit.SECONDS)).hasMessageContaining("the run stalls");
      assertThat(threads()).hasSize(1);
    }

    for (Thread thread : threads()) {
      thread.join(20_000);
    }
    assertThat(threads()).isEmpty();
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("drey-watchdog"))
        .toList();
  }

  private void after(long seconds) {
    nanos += TimeUnit.SECONDS.toNanos(seconds);
    watchdog.check();
  }
}
