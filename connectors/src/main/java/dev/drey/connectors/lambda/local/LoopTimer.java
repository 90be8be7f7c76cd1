package dev.drey.connectors.lambda.local;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One timer on an event loop, to which it is confined. */
final class LoopTimer {

  private final EventLoop loop;
  private @Nullable ScheduledFuture<?> running;

  LoopTimer(EventLoop loop) {
    this.loop = loop;
  }

  /** Runs the action after the delay, in place of what the timer was started for before. */
  void start(Duration delay, Runnable action) {
    stop();
    running = loop.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  void stop() {
    if (running != null) {
      running.cancel(false);
      running = null;
    }
  }
}
