package dev.drey.benchmarks.chaos;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.drey.core.blob.Blob;
import dev.drey.core.protocol.ProtocolException;
import dev.drey.core.protocol.ProtocolJson;
import dev.drey.core.protocol.WorkAnswer;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.worker.WorkHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The real function, with faults injected before and after it. Runs in the worker's process. */
public final class ChaosHandler implements RequestStreamHandler {

  private static final long STRAGGLING_MILLIS = 500;
  private static final long HANGING_MILLIS = 10_000;

  private final WorkHandler real = ServiceLoader.load(WorkHandler.class).findFirst().orElseThrow();
  private final Orders orders =
      new Orders(Path.of(System.getenv("LAMBDA_TASK_ROOT")).resolve("orders"));

  /** Called by the runtime, which loads native code here as the real function does. */
  public ChaosHandler() throws ReflectiveOperationException {
    Class.forName("dev.drey.worker.WarmUp")
        .getMethod("main", String[].class)
        .invoke(null, (Object) new String[0]);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    byte[] request = input.readAllBytes();
    Optional<InjectedFault> fault = orders.claim(InjectedFault.Site.WORKER);
    if (fault.isPresent()) {
      before(fault.get());
    }
    byte[] answer = real.handle(request);
    output.write(fault.isPresent() ? after(fault.get(), answer) : answer);
  }

  private static void before(InjectedFault fault) throws IOException {
    switch (fault) {
      case WORKER_THROWS -> throw new IllegalStateException("chaos: the worker throws");
      case WORKER_EXITS -> Runtime.getRuntime().halt(1);
      case WORKER_HANGS -> sleep(HANGING_MILLIS);
      case WORKER_STRAGGLES -> sleep(STRAGGLING_MILLIS);
      default -> {}
    }
  }

  private static void sleep(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static byte[] after(InjectedFault fault, byte[] message) throws IOException {
    if (fault == InjectedFault.ANSWER_GARBAGE) {
      return "\"chaos\"".getBytes(StandardCharsets.UTF_8);
    }
    if (fault == InjectedFault.ANSWER_OF_ANOTHER_PROTOCOL) {
      return new String(message, StandardCharsets.UTF_8)
          .replaceFirst("\"protocol\" *: *1", "\"protocol\":99")
          .getBytes(StandardCharsets.UTF_8);
    }
    try {
      WorkAnswer answer = ProtocolJson.decodeAnswer(message);
      return answer instanceof WorkAnswer.Done done
          ? ProtocolJson.encode(spoilt(fault, done))
          : message;
    } catch (ProtocolException e) {
      throw new IOException(e);
    }
  }

  private static WorkAnswer spoilt(InjectedFault fault, WorkAnswer.Done done) {
    WorkRequest.Id id = done.id();
    return switch (fault) {
      case ANSWER_OF_ANOTHER_STEP ->
          with(
              done,
              new WorkRequest.Id(
                  id.run(), id.incarnation(), id.kind(), id.step() + 1, id.slot(), id.attempt()),
              done.version(),
              done.result());
      case ANSWER_OF_ANOTHER_INCARNATION ->
          with(
              done,
              new WorkRequest.Id(id.run(), "before", id.kind(), id.step(), id.slot(), id.attempt()),
              done.version(),
              done.result());
      case ANSWER_OF_ANOTHER_VERSION -> with(done, id, done.version() + 1, done.result());
      case ANSWER_TOO_SHORT -> with(done, id, done.version(), shortened(done.result()));
      case ANSWER_CORRUPT -> with(done, id, done.version(), corrupt(done.result()));
      case ANSWER_NOT_FINITE -> with(done, id, done.version(), notFinite(done.result()));
      default -> done;
    };
  }

  private static WorkAnswer with(
      WorkAnswer.Done done, WorkRequest.Id id, long version, @Nullable Blob result) {
    return new WorkAnswer.Done(
        id,
        version,
        done.examples(),
        done.lossSum(),
        done.correct(),
        done.absoluteErrorSum(),
        result,
        done.computeMicros(),
        done.totalMicros());
  }

  private static Blob shortened(@Nullable Blob result) {
    return Blob.Inline.of(new byte[Math.max(0, bytes(result) - Float.BYTES)]);
  }

  private static Blob corrupt(@Nullable Blob result) {
    return new Blob.Inline(new byte[bytes(result)], "00c0ffee");
  }

  /** A NaN has all bits of its exponent set. */
  private static Blob notFinite(@Nullable Blob result) {
    byte[] values = new byte[bytes(result)];
    if (values.length >= Float.BYTES) {
      values[2] = (byte) 0xc0;
      values[3] = (byte) 0x7f;
    }
    return Blob.Inline.of(values);
  }

  private static int bytes(@Nullable Blob result) {
    if (result instanceof Blob.Inline inline) {
      return inline.base64().length;
    }
    return result instanceof Blob.Reference reference ? Math.toIntExact(reference.bytes()) : 0;
  }
}
