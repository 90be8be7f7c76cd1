package dev.drey.job.cli;

import dev.drey.core.stream.Lag;
import dev.drey.job.run.ProgressListener;
import dev.drey.job.run.RunStatus;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows the progress of a run: on a terminal in one line that changes, else in a line every few
 * seconds. Thread-safe.
 */
final class ProgressLine implements ProgressListener {

  private static final Duration LIVE_INTERVAL = Duration.ofMillis(100);
  private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(5);

  /**
   * Before the changing line: moves to its start, and turns off wrapping, which AFTER turns on
   * again.
   */
  private static final String BEFORE = "\r\u001b[?7l";

  private static final String AFTER = "\u001b[K\u001b[?7h";

  private final PrintStream out;
  private final boolean live;
  private final LongSupplier nanoTime;
  private long lastShown;
  private long lastStep = -1;
  private boolean shown;

  /**
   * @param live whether {@code out} is a terminal
   * @param nanoTime as {@link System#nanoTime}
   */
  ProgressLine(PrintStream out, boolean live, LongSupplier nanoTime) {
    this.out = out;
    this.live = live;
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized void started(URI webInterface) {
    out.println("web UI " + webInterface);
    out.flush();
  }

  @Override
  public synchronized void progressed(RunStatus progress) {
    long now = nanoTime.getAsLong();
    Duration interval = live ? LIVE_INTERVAL : PLAIN_INTERVAL;
    boolean due = !shown || now - lastShown >= interval.toNanos();
    boolean last = progress.step() == progress.totalSteps() && lastStep != progress.step();
    if (!due && !last) {
      return;
    }
    lastShown = now;
    lastStep = progress.step();
    shown = true;
    if (live) {
      out.print(BEFORE + text(progress) + AFTER);
    } else {
      out.println(text(progress));
    }
    out.flush();
  }

  @Override
  public void noted(String sentence) {
    say(sentence);
  }

  /** Prints a permanent line in place of the one that changes. */
  synchronized void say(String line) {
    out.println(live && shown ? "\r" + line + "\u001b[K" : line);
    out.flush();
  }

  /** Ends the line that changes, so that further output starts below it. */
  synchronized void end() {
    if (live && shown) {
      out.println();
      out.flush();
    }
  }

  private static String text(RunStatus p) {
    StringBuilder text = new StringBuilder();
    if (p.totalSteps() < Long.MAX_VALUE) {
      add(text, "step %,d/%,d", p.step(), p.totalSteps());
    } else {
      add(text, "step %,d", p.step());
    }
    if (p.epochs() > 0) {
      add(text, "epoch %d/%d", p.epoch(), p.epochs());
    }
    if (p.dropped() > 0) {
      add(text, "%,d dropped", p.dropped());
    }
    addIfKnown(text, "loss %.4f", p.loss());
    addIfKnown(text, "accuracy %.3f", p.accuracy());
    addIfKnown(text, "test %.3f", p.testAccuracy());
    addIfKnown(text, "%,.0f examples/s", p.examplesPerSecond());
    addIfKnown(text, "%,.1f steps/s", p.stepsPerSecond());
    p.lag().longest().ifPresent(partition -> add(text, "%s", lag(p.lag(), partition)));
    if (Double.isFinite(p.secondsLeft())) {
      add(text, "%s left", time((long) Math.ceil(p.secondsLeft())));
    }
    return text.toString();
  }

  /** The lag, and the partition that most of it is of. */
  private static String lag(Lag lag, String longest) {
    return lag.partitions().size() > 1 && lag.total() > 0
        ? String.format(Locale.ROOT, "lag %,d (%s %,d)", lag.total(), longest, lag.of(longest))
        : String.format(Locale.ROOT, "lag %,d", lag.total());
  }

  private static void addIfKnown(StringBuilder text, String format, double value) {
    if (!Double.isNaN(value)) {
      add(text, format, value);
    }
  }

  private static void add(StringBuilder text, String format, Object... values) {
    text.append(text.isEmpty() ? "" : "  ").append(String.format(Locale.ROOT, format, values));
  }

  /** 42 s, 3:07 or 1:02:03. */
  static String time(long seconds) {
    if (seconds < 60) {
      return seconds + " s";
    }
    long hours = seconds / 3600;
    return hours == 0
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", hours, seconds / 60 % 60, seconds % 60);
  }
}
