package dev.drey.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** {@code bin/drey bench soak} in full; with the profile soak only. */
@Tag("soak")
@Timeout(2400)
class SoakITCase {

  @Test
  void twentyMinutesOnALiveTopicLeaveMemoryStateAndLatencyFlat() {
    System.setProperty("drey.home", Path.of("..").toAbsolutePath().normalize().toString());
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);

    int code =
        new CommandLine(new SoakCommand()).setOut(out).setErr(out).execute("--minutes", "20");

    assertThat(code).as(said.toString()).isZero();
  }
}
