package dev.drey.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No process of a cluster outlives the test that started it. */
@Timeout(600)
class ParentWatchdogITCase {

  @Test
  void aProcessEndsWithItsInput() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ParentWatchdog.class.getName(),
                Forever.class.getName(),
                "an argument")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("an argument");
      assertThat(process.isAlive()).isTrue();

      process.getOutputStream().close();

      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly().onExit().join();
    }
  }

  /** Prints its argument, and never ends. */
  static final class Forever {

    private Forever() {}

    public static void main(String[] args) throws Exception {
      System.out.println(args[0]);
      new CountDownLatch(1).await();
    }
  }
}
