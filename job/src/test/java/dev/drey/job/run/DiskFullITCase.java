package dev.drey.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run on a small file system; needs the right to mount one. */
@Timeout(600)
class DiskFullITCase {

  private static final int BLOCK = 1 << 16;

  @TempDir private Path root;
  private Path disk;
  private boolean isMounted;

  @BeforeEach
  void makeMountPoint() throws Exception {
    disk = Files.createDirectory(root.resolve("disk"));
  }

  private void mount(String size) throws Exception {
    isMounted = call("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", disk.toString()) == 0;
    assumeTrue(isMounted, "this user cannot mount a file system");
  }

  @AfterEach
  void unmount() throws Exception {
    if (isMounted) {
      assertThat(call("umount", "-l", disk.toString())).isZero();
    }
  }

  private static int call(String... command) throws Exception {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1; // the command does not exist
    }
  }

  private static void fill(Path file) throws IOException {
    byte[] block = new byte[BLOCK];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left on device");
    }
  }

  private SmallRun run() {
    return new SmallRun(disk.resolve("run"))
        .inProcess()
        .set("training.epochs", "100000")
        .set("checkpoints.interval", "100ms");
  }

  private static Throwable failure(CompletableFuture<Outcome> outcome) throws Exception {
    return outcome.handle((done, failure) -> failure.getCause()).get();
  }

  @Test
  void aDiskThatFillsUpIsNamedWithWhatIsFreeAndNeeded() throws Exception {
    mount("128m");
    Watch watch = new Watch();
    CompletableFuture<Outcome> outcome = run().start(watch, new StopSignal());
    watch.awaitStep(5, outcome);
    assertThat(outcome).isNotDone();

    fill(disk.resolve("filler"));

    assertThat(failure(outcome))
        .isInstanceOf(RunFailedException.class)
        .hasMessageMatching(
            ".*; the disk (is|may be) full: \\Q"
                + disk.resolve("run")
                + "\\E has .* MiB free, the run needs about .*");
  }

  @Test
  void aRunDoesNotStartOnADiskThatIsTooSmall() throws Exception {
    mount("8m");

    assertThat(failure(run().start(new Watch(), new StopSignal())))
        .isInstanceOf(RunFailedException.class)
        .hasMessageStartingWith("there is not enough disk space: " + disk.resolve("run") + " has ");
  }
}
