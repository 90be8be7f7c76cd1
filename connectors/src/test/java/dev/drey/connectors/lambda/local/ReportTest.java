package dev.drey.connectors.lambda.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ReportTest {

  @Test
  void aWarmInvocationIsBilledItsDurationRoundedUp() {
    Report report = new Report("8f5", 11.004, 0, 512, 170, "");

    assertThat(report.billedMillis()).isEqualTo(12);
    assertThat(report.line())
        .isEqualTo(
            "REPORT RequestId: 8f5\tDuration: 11.00 ms\tBilled Duration: 12 ms"
                + "\tMemory Size: 512 MB\tMax Memory Used: 170 MB\t\n");
  }

  @Test
  void theStartOfAWorkerIsBilledToo() {
    Report report = new Report("8f5", 11.5, 300.25, 512, 170, "");

    assertThat(report.billedMillis()).isEqualTo(312);
    assertThat(report.line())
        .contains("Billed Duration: 312 ms")
        .contains("Init Duration: 300.25 ms");
  }

  @Test
  void aWholeMillisecondIsNotRoundedUp() {
    assertThat(new Report("8f5", 500, 0, 512, 170, "timeout").billedMillis()).isEqualTo(500);
  }

  @Test
  void anInvocationWithoutAnAnswerSaysSo() {
    assertThat(new Report("8f5", 500, 0, 512, 170, "timeout").line()).contains("\tStatus: timeout");
  }
}
