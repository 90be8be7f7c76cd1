package dev.drey.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.stream.Lag;
import dev.drey.job.run.RunStatus;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final AtomicLong nanos = new AtomicLong(-5); // nanoTime may be negative

  private static RunStatus at(long step) {
    return new RunStatus(step, 630, 2, 10, 0, 0.51234, 0.8125, 0.8, 12_345.6, 96.45, 5.2, Lag.NONE);
  }

  private void after(long millis) {
    nanos.addAndGet(millis * 1_000_000);
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void linesComeEveryFiveSecondsAndAtTheEnd() {
    ProgressLine line = new ProgressLine(out, false, nanos::get);

    line.started(URI.create("http://127.0.0.1:8081"));
    line.progressed(at(1));
    after(4999);
    line.progressed(at(2));
    after(1);
    line.progressed(at(120));
    line.progressed(at(630));

    assertThat(printed().lines())
        .containsExactly(
            "web UI http://127.0.0.1:8081",
            "step 1/630  epoch 2/10  loss 0.5123  accuracy 0.813  test 0.800  12,346 examples/s"
                + "  96.5 steps/s  6 s left",
            "step 120/630  epoch 2/10  loss 0.5123  accuracy 0.813  test 0.800  12,346 examples/s"
                + "  96.5 steps/s  6 s left",
            "step 630/630  epoch 2/10  loss 0.5123  accuracy 0.813  test 0.800  12,346 examples/s"
                + "  96.5 steps/s  6 s left");
  }

  @Test
  void onATerminalOneLineChanges() {
    ProgressLine line = new ProgressLine(out, true, nanos::get);

    line.progressed(at(1));
    after(50);
    line.progressed(at(2));
    after(50);
    line.progressed(at(3));
    line.say("done");

    assertThat(printed().lines()).hasSize(4); // a \r ends a line here, the first an empty one
    assertThat(printed())
        .startsWith("\r\u001b[?7lstep 1/630")
        .contains("\u001b[K\u001b[?7h\r\u001b[?7lstep 3/630")
        .doesNotContain("step 2/630")
        .endsWith("\rdone\u001b[K" + System.lineSeparator());
  }

  @Test
  void anErrorComesBelowTheLineThatChanges() {
    ProgressLine line = new ProgressLine(out, true, nanos::get);
    line.end();
    assertThat(printed()).isEmpty();

    line.progressed(at(1));
    line.end();

    assertThat(printed()).endsWith("6 s left\u001b[K\u001b[?7h" + System.lineSeparator());
  }

  @Test
  void whatIsUnknownIsLeftOut() {
    double unknown = Double.NaN;
    new ProgressLine(out, false, nanos::get)
        .progressed(
            new RunStatus(
                0, 630, 1, 10, 0, unknown, unknown, unknown, unknown, unknown, unknown, Lag.NONE));

    assertThat(printed().strip()).isEqualTo("step 0/630  epoch 1/10");
  }

  @Test
  void whatWasDroppedIsTold() {
    ProgressLine line = new ProgressLine(out, false, nanos::get);

    line.progressed(new RunStatus(7, 630, 2, 10, 1234, 0.5, 0.8, 0.8, 1, 1, 5, Lag.NONE));

    assertThat(printed()).startsWith("step 7/630  epoch 2/10  1,234 dropped  loss 0.5000");
  }

  @Test
  void theLagIsShownWithThePartitionThatHasMostOfIt() {
    Lag even = new Lag(Map.of("flights-0", 0L, "flights-1", 0L));
    Lag uneven = new Lag(Map.of("flights-0", 1500L, "flights-1", 40_000L));
    double unknown = Double.NaN;
    ProgressLine line = new ProgressLine(out, false, nanos::get);
    for (Lag lag : List.of(even, uneven)) {
      line.progressed(
          new RunStatus(
              7, Long.MAX_VALUE, 0, 0, 0, 0.5, unknown, unknown, unknown, unknown, unknown, lag));
      after(5000);
    }

    assertThat(printed().lines())
        .containsExactly(
            "step 7  loss 0.5000  lag 0", "step 7  loss 0.5000  lag 41,500 (flights-1 40,000)");
  }

  @Test
  void timesReadWell() {
    assertThat(ProgressLine.time(0)).isEqualTo("0 s");
    assertThat(ProgressLine.time(59)).isEqualTo("59 s");
    assertThat(ProgressLine.time(187)).isEqualTo("3:07");
    assertThat(ProgressLine.time(3723)).isEqualTo("1:02:03");
  }
}
