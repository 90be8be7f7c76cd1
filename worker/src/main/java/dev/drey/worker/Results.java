package dev.drey.worker;

import dev.drey.core.blob.Blob;
import dev.drey.core.exchange.UnsupportedSchemeException;
import dev.drey.core.protocol.FileNotGrantedException;
import dev.drey.core.protocol.WorkAnswer.Reason;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.worker.store.WorkerStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;

/** Returns a result's bytes: inside the answer, or as a new object that it references. */
final class Results {

  private final WorkerStores stores;

  Results(WorkerStores stores) {
    this.stores = stores;
  }

  /**
   * Returns the bytes in the way that the request asks for.
   *
   * @throws RefusedException if they exceed the inline limit and the request has no usable
   *     directory
   * @throws UncheckedIOException if the object cannot be written, which counts as a failure of the
   *     worker
   */
  Blob send(ByteBuffer bytes, WorkRequest request) throws RefusedException {
    WorkRequest.Transport transport = request.answer();
    if (bytes.remaining() <= transport.inlineBytes()) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      return Blob.Inline.of(copy);
    }
    URI place = transport.directory();
    if (place == null) {
      throw new RefusedException(
          Reason.BAD_REQUEST,
          "the result has %d bytes, at most %d fit the answer, and the request names no directory"
              .formatted(bytes.remaining(), transport.inlineBytes()));
    }
    return write(bytes, place, request.id());
  }

  private Blob write(ByteBuffer bytes, URI place, WorkRequest.Id id) throws RefusedException {
    String name = "%s-%d-%d-%d".formatted(id.kind().word(), id.step(), id.slot(), id.attempt());
    try {
      return stores.at(place).put(name, bytes);
    } catch (UnsupportedSchemeException | FileNotGrantedException | NoSuchFileException e) {
      throw RefusedException.because(Reason.BAD_REQUEST, "answer directory", e);
    } catch (IOException e) {
      throw new UncheckedIOException("result " + name + " could not be written to " + place, e);
    }
  }
}
