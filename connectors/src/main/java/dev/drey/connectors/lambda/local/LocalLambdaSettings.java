package dev.drey.connectors.lambda.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a {@link LocalLambda}.
 *
 * @param function the function to run
 * @param limits Lambda's limits to emulate
 * @param process how worker processes are started
 * @param directories where files are kept
 * @param port to listen on at 127.0.0.1; 0 for any free port
 */
public record LocalLambdaSettings(
    Function function, Limits limits, Launch process, Directories directories, int port) {

  public LocalLambdaSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port is " + port + ", must be in [0, 65535]");
    }
  }

  /**
   * A function.
   *
   * @param name the name that callers use
   * @param directory the unpacked deployment package; {@code lib/*.jar} is the class path
   * @param handler class name of the handler
   */
  public record Function(String name, Path directory, String handler) {
    public Function {
      if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
        throw new IllegalArgumentException(
            "function name is \"" + name + "\", must be 1 to 64 letters, digits, - or _");
      }
    }
  }

  /**
   * The limits that Lambda imposes.
   *
   * @param memoryMb most resident memory of one worker in MB, in [128, 10240]
   * @param timeout of one invocation, in [1 ms, 15 min]
   * @param reservedConcurrency most concurrent workers, at least 1
   */
  public record Limits(int memoryMb, Duration timeout, int reservedConcurrency) {

    private static final Duration LONGEST = Duration.ofMinutes(15);

    public Limits {
      if (memoryMb < 128 || memoryMb > 10_240) {
        throw new IllegalArgumentException(
            "memory is " + memoryMb + " MB, must be in [128, 10240]");
      }
      if (timeout.toMillis() < 1 || timeout.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "timeout is " + timeout + ", must be in [PT0.001S, " + LONGEST + "]");
      }
      if (reservedConcurrency < 1) {
        throw new IllegalArgumentException(
            "reserved concurrency is " + reservedConcurrency + ", must be at least 1");
      }
    }
  }

  /**
   * Options of a worker's JVM.
   *
   * @param jvmFlags appended to the service's own flags, so that they take precedence
   * @param environment variables in addition to those that {@link InheritedVariables} passes on
   */
  public record Launch(List<String> jvmFlags, Map<String, String> environment) {

    /** No options beyond the service's own. */
    public static final Launch PLAIN = new Launch(List.of(), Map.of());

    public Launch {
      jvmFlags = List.copyOf(jvmFlags);
      environment = Map.copyOf(environment);
    }
  }

  /**
   * Directories of the service.
   *
   * @param run for logs, temporary files and the unpacked runtime; created if missing
   * @param nativeCache where JavaCPP unpacks native libraries, shared by all workers
   * @param exchange the directory of weights and results, which workers delete when this process
   *     dies without closing the service; null for none
   */
  public record Directories(Path run, Path nativeCache, @Nullable Path exchange) {

    /** The file with the token of the running service, which only this user can read. */
    Path token() {
      return run.toAbsolutePath().resolve("token");
    }
  }
}
