package dev.drey.benchmarks.chaos;

import dev.drey.core.blob.Blob;
import dev.drey.core.store.WeightStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/** A weight store of files, with faults around it and in them. */
final class ChaosStore implements WeightStore {

  private static final long SLOW_MILLIS = 700;

  private final WeightStore real;
  private final Orders orders;
  private final Duration outage;
  private long downUntil = System.nanoTime();

  private ChaosStore(WeightStore real, Orders orders, Duration outage) {
    this.real = real;
    this.orders = orders;
    this.outage = outage;
  }

  @Override
  public synchronized Blob.Reference publish(String name, float[] values) throws IOException {
    Optional<InjectedFault> fault = orders.claim(InjectedFault.Site.STORE);
    if (fault.isPresent()) {
      before(fault.get());
    }
    if (System.nanoTime() - downUntil < 0) {
      throw new IOException("chaos: the store is down");
    }
    Blob.Reference reference = real.publish(name, values);
    if (fault.isPresent()) {
      damage(fault.get(), Path.of(reference.uri()));
    }
    return reference;
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

  private static void damage(InjectedFault fault, Path object) throws IOException {
    if (fault == InjectedFault.WEIGHTS_MISSING) {
      Files.delete(object);
      return;
    }
    try (FileChannel file =
        FileChannel.open(object, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (fault == InjectedFault.WEIGHTS_TRUNCATED) {
        file.truncate(file.size() / 2);
      } else if (fault == InjectedFault.WEIGHTS_CORRUPT) {
        ByteBuffer one = ByteBuffer.allocate(1);
        file.read(one, file.size() / 2);
        one.put(0, (byte) (one.get(0) ^ 1)).flip();
        file.write(one, file.size() / 2);
      }
    }
  }

  @Override
  public byte[] fetch(Blob.Reference reference) throws IOException {
    return real.fetch(reference);
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
  public void close() throws IOException {
    real.close();
  }

  /**
   * Opens it where the operator runs.
   *
   * @param real what it stands before
   * @param orders directory
   * @param outage how long the store is down when it is
   */
  record Provider(WeightStore.Provider real, String orders, Duration outage)
      implements WeightStore.Provider {

    private static final long serialVersionUID = 1L;

    @Override
    public WeightStore open() throws IOException {
      return new ChaosStore(real.open(), new Orders(Path.of(orders)), outage);
    }
  }
}
