package dev.drey.connectors.lambda.local;

import io.netty.channel.Channel;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The process of an environment and the port on which it is listened to. Both come some time after
 * the environment was made; what comes after its end is ended at once. Confined to the event loop.
 */
final class WorkerProcess {

  private static final int KILOBYTES = 1024;

  private final ResidentMemory memory;
  private @Nullable Channel port;
  private @Nullable Process process;
  private boolean over;
  private long peakKilobytes;

  WorkerProcess(ResidentMemory memory) {
    this.memory = memory;
  }

  void listening(Channel channel) {
    port = channel;
    if (over) {
      var unused = channel.close();
    }
  }

  /**
   * It runs.
   *
   * @param onExit called with its status when it ends by itself, on a thread of the JDK's
   */
  void started(Process started, IntConsumer onExit) {
    process = started;
    if (over) {
      started.destroyForcibly();
    } else {
      var unused = started.onExit().thenAccept(ended -> onExit.accept(ended.exitValue()));
    }
  }

  /** Looks how much memory it has now. */
  void measure() {
    if (process != null) {
      peakKilobytes = Math.max(peakKilobytes, memory.kilobytes(process.pid()));
    }
  }

  /** The most memory that was measured, in megabytes, rounded up: above a limit stays above it. */
  long peakMegabytes() {
    return (peakKilobytes + KILOBYTES - 1) / KILOBYTES;
  }

  void end() {
    over = true;
    if (process != null) {
      process.destroyForcibly();
    }
    if (port != null) {
      var unused = port.close();
    }
  }
}
