package dev.drey.benchmarks.chaos;

import dev.drey.core.blob.Blob;
import dev.drey.core.blob.Checksum;
import dev.drey.core.exchange.Store;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** A weight store with injected faults, in its calls and in its objects. */
final class ChaosStore implements Store {

  private static final long SLOW_MILLIS = 700;

  private final Store real;
  private final Orders orders;
  private final Duration outage;
  private long downUntil = System.nanoTime();

  private ChaosStore(Store real, Orders orders, Duration outage) {
    this.real = real;
    this.orders = orders;
    this.outage = outage;
  }

  @Override
  public void check() throws IOException {
    real.check();
  }

  @Override
  public synchronized Blob.Reference put(String name, ByteBuffer bytes) throws IOException {
    Optional<InjectedFault> fault = orders.claim(InjectedFault.Site.STORE);
    if (fault.isPresent()) {
      before(fault.get());
    }
    if (System.nanoTime() - downUntil < 0) {
      throw new IOException("chaos: the store is down");
    }
    return fault.isPresent() ? damaged(fault.get(), name, bytes) : real.put(name, bytes);
  }

  private void before(InjectedFault fault) throws IOException {
    switch (fault) {
      case STORE_SLOW -> sleep();
      case STORE_DOWN -> downUntil = System.nanoTime() + outage.toNanos();
      case TASK_THROWS -> throw new IllegalStateException("chaos: the task throws");
      default -> {}
    }
  }

  private static void sleep() throws IOException {
    try {
      Thread.sleep(SLOW_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** An object that is not what its reference says. */
  private Blob.Reference damaged(InjectedFault fault, String name, ByteBuffer bytes)
      throws IOException {
    byte[] right = new byte[bytes.remaining()];
    bytes.duplicate().get(right);
    byte[] stored = right.clone();
    if (fault == InjectedFault.WEIGHTS_TRUNCATED) {
      stored = Arrays.copyOf(right, right.length / 2);
    } else if (fault == InjectedFault.WEIGHTS_CORRUPT) {
      stored[right.length / 2] ^= 1;
    }
    Blob.Reference object = real.put(name, ByteBuffer.wrap(stored));
    if (fault == InjectedFault.WEIGHTS_MISSING) {
      real.delete(object);
    }
    return new Blob.Reference(object.uri(), right.length, Checksum.of(right));
  }

  @Override
  public void read(Blob.Reference reference, ByteBuffer target) throws IOException {
    real.read(reference, target);
  }

  @Override
  public void delete(Blob.Reference reference) throws IOException {
    real.delete(reference);
  }

  @Override
  public void deleteAll(String namePrefix) throws IOException {
    real.deleteAll(namePrefix);
  }

  @Override
  public Map<String, String> list() throws IOException {
    return real.list();
  }

  @Override
  public void deleteListed(String name, String mark) throws IOException {
    real.deleteListed(name, mark);
  }

  @Override
  public void close() throws IOException {
    real.close();
  }

  /**
   * Opens it where the operator runs.
   *
   * @param real the store behind it
   * @param orders directory
   * @param outage how long an outage of the store lasts
   */
  record Provider(Store.Provider real, String orders, Duration outage) implements Store.Provider {

    private static final long serialVersionUID = 1L;

    @Override
    public Store open() throws IOException {
      return new ChaosStore(real.open(), new Orders(Path.of(orders)), outage);
    }
  }
}
