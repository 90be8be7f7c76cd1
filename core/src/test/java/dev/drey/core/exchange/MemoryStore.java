package dev.drey.core.exchange;

import dev.drey.core.blob.Blob;
import dev.drey.core.blob.Checksum;
import dev.drey.core.blob.CorruptBlobException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.Map;

/**
 * Objects in memory: the least that a store consists of.
 *
 * @param place ends with a slash
 * @param objects by URI, of all places
 */
record MemoryStore(URI place, Map<URI, Held> objects) implements Store {

  /** An object. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Held(byte[] bytes) {}

  @Override
  public void check() {}

  @Override
  public Blob.Reference put(String name, ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    URI uri = place.resolve(ObjectNames.unique(name));
    objects.put(uri, new Held(copy));
    return new Blob.Reference(uri, copy.length, Checksum.of(copy));
  }

  @Override
  public void read(Blob.Reference reference, ByteBuffer target) throws IOException {
    Held held = objects.get(inside(reference));
    if (held == null) {
      throw new NoSuchFileException(reference.uri().toString());
    }
    if (held.bytes.length != reference.bytes() || target.remaining() != reference.bytes()) {
      throw new CorruptBlobException(
          "%s: has %d bytes, its reference says %d, and %d are needed"
              .formatted(
                  reference.uri(), held.bytes.length, reference.bytes(), target.remaining()));
    }
    String crc32c = Checksum.of(held.bytes);
    if (!crc32c.equals(reference.crc32c())) {
      throw new CorruptBlobException(
          "%s: has CRC-32C %s, its reference says %s"
              .formatted(reference.uri(), crc32c, reference.crc32c()));
    }
    target.duplicate().put(held.bytes);
  }

  @Override
  public void delete(Blob.Reference reference) throws IOException {
    objects.remove(inside(reference));
  }

  @Override
  public void deleteAll(String namePrefix) {
    URI prefix = place.resolve(ObjectNames.valid(namePrefix));
    objects.keySet().removeIf(uri -> uri.toString().startsWith(prefix.toString()));
  }

  @Override
  public Map<String, String> list() {
    Map<String, String> marks = new HashMap<>();
    objects.forEach(
        (uri, held) -> {
          if (Stores.placeOf(uri).equals(place)) {
            marks.put(uri.toString(), mark(held));
          }
        });
    return marks;
  }

  private static String mark(Held held) {
    return Integer.toHexString(System.identityHashCode(held));
  }

  @Override
  public void deleteListed(String name, String mark) {
    objects.computeIfPresent(
        URI.create(name), (uri, held) -> mark(held).equals(mark) ? null : held);
  }

  private URI inside(Blob.Reference reference) throws IOException {
    if (!Stores.placeOf(reference.uri()).equals(place)) {
      throw new IOException(reference.uri() + " is not at " + place);
    }
    return reference.uri();
  }

  @Override
  public void close() {}
}
