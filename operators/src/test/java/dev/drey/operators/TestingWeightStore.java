package dev.drey.operators;

import dev.drey.core.blob.Blob;
import dev.drey.core.blob.Checksum;
import dev.drey.core.exchange.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Holds weights in memory, by the id of the test that opened it, so that every task of a test sees
 * the same. {@link #forget} takes a test's weights away.
 */
public final class TestingWeightStore implements Store {

  private static final Map<String, Map<URI, byte[]>> STORES = new ConcurrentHashMap<>();
  private static final Map<String, Set<Long>> FAILING = new ConcurrentHashMap<>();
  private static final AtomicLong NUMBER = new AtomicLong();

  private final Map<URI, byte[]> objects;
  private final Set<Long> failing;

  /** What was published here, in order. */
  public final List<String> names = new ArrayList<>();

  private TestingWeightStore(Map<URI, byte[]> objects, Set<Long> failing) {
    this.objects = objects;
    this.failing = failing;
  }

  public static TestingWeightStore of(String id) {
    return new TestingWeightStore(
        STORES.computeIfAbsent(id, i -> new ConcurrentHashMap<>()), failing(id));
  }

  public static void forget(String id) {
    STORES.remove(id);
    FAILING.remove(id);
  }

  /**
   * Versions whose publishing fails, once each, and with it the task that publishes: another start
   * of the job gets further.
   */
  public static Set<Long> failing(String id) {
    return FAILING.computeIfAbsent(id, i -> ConcurrentHashMap.newKeySet());
  }

  /** How many objects there are. */
  public int size() {
    return objects.size();
  }

  @Override
  public void check() {}

  @Override
  public Blob.Reference put(String name, ByteBuffer bytes) throws IOException {
    if (!failing.isEmpty() && failing.remove(version(name))) {
      throw new IOException("cannot publish " + name + ", as the test says");
    }
    byte[] object = new byte[bytes.remaining()];
    bytes.duplicate().get(object);
    URI uri = URI.create("memory:" + name + "-" + NUMBER.incrementAndGet());
    objects.put(uri, object);
    names.add(name);
    return new Blob.Reference(uri, object.length, Checksum.of(object));
  }

  /** The number that the name ends with. */
  private static long version(String name) {
    return Long.parseLong(name.substring(name.lastIndexOf('v') + 1));
  }

  @Override
  public void read(Blob.Reference reference, ByteBuffer target) throws IOException {
    byte[] bytes = objects.get(reference.uri());
    if (bytes == null) {
      throw new NoSuchFileException(reference.uri() + " does not exist");
    }
    target.duplicate().put(bytes);
  }

  public float[] floats(Blob blob) {
    try {
      Blob.Reference reference = (Blob.Reference) blob;
      float[] values = new float[Math.toIntExact(reference.bytes() / Float.BYTES)];
      read(reference, values);
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void delete(Blob.Reference reference) {
    objects.remove(reference.uri());
  }

  @Override
  public void deleteAll(String namePrefix) {
    objects.keySet().removeIf(uri -> uri.getSchemeSpecificPart().startsWith(namePrefix));
  }

  @Override
  public Map<String, String> list() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void deleteListed(String name, String mark) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
