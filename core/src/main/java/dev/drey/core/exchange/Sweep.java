package dev.drey.core.exchange;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Deletes what lies in a store for a long time. Age counts from the moment when the sweep first saw
 * an object as it is, by this process's clock: the clocks of those that write, and of the store,
 * may be wrong by any time. Not thread-safe.
 */
public final class Sweep {

  private final Store store;
  private final Duration age;
  private final LongSupplier nanoTime;
  private Map<String, Sighting> seen = Map.of();

  private record Sighting(String mark, long nanos) {}

  /**
   * @param store stays the caller's to close
   * @param age of what is deleted
   * @param nanoTime as {@link System#nanoTime}
   */
  public Sweep(Store store, Duration age, LongSupplier nanoTime) {
    this.store = store;
    this.age = age;
    this.nanoTime = nanoTime;
  }

  /** Looks at the store, and deletes what has not changed for the age since it was first seen. */
  public void run() throws IOException {
    long now = nanoTime.getAsLong();
    Map<String, Sighting> present = new HashMap<>();
    for (Map.Entry<String, String> object : store.list().entrySet()) {
      String name = object.getKey();
      Sighting before = seen.get(name);
      Sighting sighting =
          before != null && before.mark.equals(object.getValue())
              ? before
              : new Sighting(object.getValue(), now);
      if (now - sighting.nanos >= age.toNanos()) {
        store.deleteListed(name, sighting.mark);
      } else {
        present.put(name, sighting);
      }
    }
    seen = present;
  }
}
