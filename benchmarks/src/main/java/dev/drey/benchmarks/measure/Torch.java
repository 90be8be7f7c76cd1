package dev.drey.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PyTorch, as Debian packages it.
 *
 * @param home where Drey is, with its scripts
 */
public record Torch(Path home) {

  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final Path SCRIPTS = Path.of("benchmarks/src/main/python");
  private static final Duration CHECK_LIMIT = Duration.ofMinutes(1);

  /**
   * Checks that it is installed.
   *
   * @throws IOException if it is not
   */
  public void check() throws IOException, InterruptedException {
    if (Files.isExecutable(PYTHON)) {
      List<String> command = List.of(PYTHON.toString(), "-c", "import numpy, torch.distributed");
      try (ChildProcess child = new ChildProcess(command, home, line -> {})) {
        child.await(CHECK_LIMIT);
        return;
      } catch (IOException e) {
        throw missing(e);
      }
    }
    throw missing(null);
  }

  private IOException missing(@Nullable IOException cause) {
    return new IOException(
        PYTHON
            + " has no PyTorch to compare with; run "
            + home.resolve("benchmarks/install-peers.sh"),
        cause);
  }

  /** The command that runs one of the scripts, and leaves no compiled ones behind. */
  public List<String> command(String script) {
    return List.of(PYTHON.toString(), "-B", home.resolve(SCRIPTS).resolve(script).toString());
  }
}
