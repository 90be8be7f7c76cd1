package dev.drey.job.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real signals, sent to a process of their own. */
@Timeout(600)
class InterruptsITCase {

  private Process process;
  private BufferedReader out;

  /** Waits for two signals. */
  static final class Waiting {

    private Waiting() {}

    public static void main(String[] arguments) throws InterruptedException {
      CountDownLatch first = new CountDownLatch(1);
      CountDownLatch second = new CountDownLatch(1);
      Interrupts interrupts = new Interrupts(first::countDown, second::countDown);
      try (interrupts) {
        System.out.println("ready");
        first.await();
        System.out.println("first");
        second.await();
        System.out.println("second");
      }
      System.exit(5);
    }
  }

  @BeforeEach
  void start() throws IOException {
    process =
        // What runs in a shell's background ignores Ctrl-C, and so does all that it starts.
        new ProcessBuilder(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Waiting.class.getName())
            .redirectErrorStream(true)
            .start();
    out = process.inputReader();
  }

  @AfterEach
  void stop() {
    process.destroyForcibly();
  }

  private void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }

  @Test
  void signalsReachTheProgramAndDoNotEndIt() throws Exception {
    assertThat(out.readLine()).isEqualTo("ready");
    signal("INT");
    assertThat(out.readLine()).isEqualTo("first");
    signal("TERM");
    assertThat(out.readLine()).isEqualTo("second");

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(5);
  }
}
