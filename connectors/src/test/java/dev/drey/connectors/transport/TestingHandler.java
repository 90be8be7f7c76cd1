package dev.drey.connectors.transport;

import dev.drey.core.blob.Blob;
import dev.drey.core.blob.Checksum;
import dev.drey.core.protocol.ProtocolException;
import dev.drey.core.protocol.ProtocolJson;
import dev.drey.core.protocol.WorkAnswer;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.worker.WorkHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Answers with the weights themselves as the result: what came in goes out. The run's name asks for
 * something else: "refuse", "fail", "sleep", "outlive" its lease, "exit", "other-version".
 */
public final class TestingHandler implements WorkHandler {

  @Override
  public byte[] handle(byte[] message) {
    try {
      return ProtocolJson.encode(answer(ProtocolJson.decodeRequest(message)));
    } catch (ProtocolException e) {
      return ProtocolJson.encode(
          new WorkAnswer.Refused(WorkAnswer.Reason.BAD_REQUEST, e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static WorkAnswer answer(WorkRequest request) throws IOException {
    String run = request.id().run();
    if (run.equals("refuse")) {
      return new WorkAnswer.Refused(WorkAnswer.Reason.BAD_DATA, "refused as asked");
    }
    if (run.equals("fail")) {
      throw new IllegalStateException("failed as asked");
    }
    if (run.equals("exit")) {
      Runtime.getRuntime().halt(9);
    }
    if (run.equals("sleep")) {
      LockSupport.parkNanos(Duration.ofMillis(1_500).toNanos());
    }
    if (run.equals("outlive")) {
      long left = request.lease() - System.currentTimeMillis();
      LockSupport.parkNanos(Duration.ofMillis(left + 100).toNanos());
    }
    long version = request.weights().version() + (run.equals("other-version") ? 1 : 0);
    return new WorkAnswer.Done(
        request.id(), version, request.examples().count(), 2.5, 1, result(request), 10, 20);
  }

  private static Blob result(WorkRequest request) throws IOException {
    byte[] bytes = weights(request.weights().parts().get(0).blob());
    URI directory = request.answer().directory();
    if (bytes.length <= request.answer().inlineBytes() || directory == null) {
      return Blob.Inline.of(bytes);
    }
    Path file = Path.of(directory).resolve("result-" + UUID.randomUUID());
    Files.write(file, bytes);
    return new Blob.Reference(file.toUri(), bytes.length, Checksum.of(bytes));
  }

  private static byte[] weights(Blob blob) throws IOException {
    return blob instanceof Blob.Reference reference
        ? Files.readAllBytes(Path.of(reference.uri()))
        : ((Blob.Inline) blob).verified();
  }
}
