package dev.drey.worker;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.drey.core.protocol.Examples;
import dev.drey.core.protocol.ProtocolException;
import dev.drey.core.protocol.ProtocolJson;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.worker.WorkHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands before the real function, under its name, and does what files beside its jars say: {@code
 * always-} or {@code once-} followed by a fault, and {@code hold-} followed by a step, or a step, a
 * dash and a slot, which waits for as long as the file is there. Else the real handler answers.
 */
public final class LambdaHandler implements RequestStreamHandler {

  private static final long POLL_NANOS = 5_000_000;

  private final WorkHandler real = ServiceLoader.load(WorkHandler.class).findFirst().orElseThrow();
  private final Path orders = Path.of(System.getenv("LAMBDA_TASK_ROOT"));

  /** What can go wrong. */
  public enum Fault {
    THROW,
    EXIT,
    SLEEP,
    MEMORY,
    GARBAGE
  }

  /** Loads native code, as the real one does, so that no invocation has to. */
  public LambdaHandler() {
    WarmUp.run();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    byte[] request = input.readAllBytes();
    WorkRequest work = decode(request);
    hold(work.id());
    if (isPoisoned(work)) {
      output.write(fail(Fault.THROW));
      return;
    }
    for (Fault fault : Fault.values()) {
      if (Files.exists(orders.resolve("always-" + fault))
          || Files.deleteIfExists(orders.resolve("once-" + fault))) {
        output.write(fail(fault));
        return;
      }
    }
    output.write(real.handle(request));
  }

  private static WorkRequest decode(byte[] request) throws IOException {
    try {
      return ProtocolJson.decodeRequest(request);
    } catch (ProtocolException e) {
      throw new IOException(e);
    }
  }

  private void hold(WorkRequest.Id id) {
    Path step = orders.resolve("hold-" + id.step());
    Path slot = orders.resolve("hold-" + id.step() + "-" + id.slot());
    while (Files.exists(step) || Files.exists(slot)) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** Whether a row that no worker can compute is among the examples. */
  private boolean isPoisoned(WorkRequest work) {
    int[] rows = ((Examples.Rows) work.examples()).rows();
    return Arrays.stream(rows).anyMatch(row -> Files.exists(orders.resolve("poison-" + row)));
  }

  private static byte[] fail(Fault fault) {
    return switch (fault) {
      case THROW -> throw new IllegalStateException("failed as asked");
      case EXIT -> {
        Runtime.getRuntime().halt(9);
        yield new byte[0];
      }
      case SLEEP -> {
        long end = System.nanoTime() + 60_000_000_000L;
        while (System.nanoTime() < end) {
          LockSupport.parkNanos(end - System.nanoTime());
        }
        yield new byte[0];
      }
      case MEMORY -> {
        List<byte[]> all = new ArrayList<>();
        while (all.size() < Integer.MAX_VALUE) {
          all.add(new byte[1 << 20]);
        }
        yield all.get(0);
      }
      case GARBAGE -> new byte[] {'{', '}'};
    };
  }
}
