package dev.drey.connectors.lambda.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ExitStatusTest {

  @Test
  void aSignalIsNamedAndAnythingElseIsAStatus() {
    assertThat(ExitStatus.describe(137)).isEqualTo("signal: killed");
    assertThat(ExitStatus.describe(139)).isEqualTo("signal: segmentation fault");
    assertThat(ExitStatus.describe(1)).isEqualTo("exit status 1");
    assertThat(ExitStatus.describe(0)).isEqualTo("exit status 0");
  }
}
