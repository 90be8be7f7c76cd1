package dev.drey.operators;

import dev.drey.core.blob.Blob;
import dev.drey.core.blob.Checksum;
import dev.drey.core.parameters.Floats;
import dev.drey.core.store.WeightStore;
import java.io.IOException;
import java.net.URI;
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
public final class TestingWeightStore implements WeightStore {

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
  public Blob.Reference publish(String name, float[] values) throws IOException {
    if (!failing.isEmpty() && failing.remove(version(name))) {
      throw new IOException("cannot publish " + name + ", as the test says");
    }
    byte[] bytes = Floats.toBytes(values);
    URI uri = URI.create("memory:" + name + "-" + NUMBER.incrementAndGet());
    objects.put(uri, bytes);
    names.add(name);
    return new Blob.Reference(uri, bytes.length, Checksum.of(bytes));
  }

  /** The number that the name ends with. */
  private static long version(String name) {
    return Long.parseLong(name.substring(name.lastIndexOf('v') + 1));
  }

  @Override
  public byte[] fetch(Blob.Reference reference) throws IOException {
    byte[] bytes = objects.get(reference.uri());
    if (bytes == null) {
      throw new IOException(reference.uri() + " is not there");
    }
    return bytes.clone();
  }

  public float[] floats(Blob blob) {
    try {
      return Floats.fromBytes(fetch((Blob.Reference) blob));
    } catch (IOException e) {
      throw new IllegalStateException(e);
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
  public void close() {}
}
