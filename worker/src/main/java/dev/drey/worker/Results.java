package dev.drey.worker;

import dev.drey.core.blob.Blob;
import dev.drey.core.protocol.WorkAnswer.Reason;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.worker.blob.Blobs;
import dev.drey.worker.blob.UnsupportedSchemeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.UUID;
import java.util.function.Supplier;

/** Sends a result's bytes back: inside the answer, or as a new object beside it. */
final class Results {

  private final Blobs blobs;
  private final Supplier<UUID> names;

  /**
   * @param blobs where objects are written
   * @param names makes objects' names unique among all workers that write to one directory
   */
  Results(Blobs blobs, Supplier<UUID> names) {
    this.blobs = blobs;
    this.names = names;
  }

  /**
   * Hands the bytes over as the request wants them.
   *
   * @throws RefusedException if the request leaves no way for as many
   * @throws UncheckedIOException if the object cannot be written: the worker's failure
   */
  Blob send(ByteBuffer bytes, WorkRequest request) throws RefusedException {
    WorkRequest.Transport transport = request.answer();
    if (bytes.remaining() <= transport.inlineBytes()) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      return Blob.Inline.of(copy);
    }
    URI directory = transport.directory();
    if (directory == null) {
      throw new RefusedException(
          Reason.BAD_REQUEST,
          "the result has %d bytes, at most %d fit the answer, and the request names no directory"
              .formatted(bytes.remaining(), transport.inlineBytes()));
    }
    return write(bytes, directory, request.id());
  }

  private Blob write(ByteBuffer bytes, URI directory, WorkRequest.Id id) throws RefusedException {
    String name =
        "%s-%d-%d-%d-%s.f32"
            .formatted(id.kind().word(), id.step(), id.slot(), id.attempt(), names.get());
    try {
      return blobs.of(directory).write(directory, name, bytes);
    } catch (UnsupportedSchemeException | NoSuchFileException e) {
      throw RefusedException.because(Reason.BAD_REQUEST, "answer directory", e);
    } catch (IOException e) {
      throw new UncheckedIOException("result " + name + " could not be written to " + directory, e);
    }
  }
}
