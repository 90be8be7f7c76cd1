package dev.drey.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.blob.Blob;
import dev.drey.core.blob.Checksum;
import dev.drey.core.blob.CorruptBlobException;
import dev.drey.core.parameters.Floats;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store does. A subclass says how to open one. */
public abstract class StoreContract {

  private static final float[] VALUES = {1, 2, 3};

  /**
   * Opens a store.
   *
   * @param place a name: the same name is the same place within a test, and each place exists
   */
  protected abstract Store open(String place) throws IOException;

  @Test
  void whatIsPutIsReadUntilItIsDeleted() throws Exception {
    try (Store store = open("a")) {
      store.check();
      Blob.Reference reference = store.put("run-shard0-v12", VALUES);

      assertThat(reference.bytes()).isEqualTo(12);
      assertThat(reference.crc32c()).isEqualTo(Checksum.of(Floats.toBytes(VALUES)));
      assertThat(reference.uri().toString()).contains("/run-shard0-v12-");
      assertThat(floats(store, reference)).containsExactly(VALUES);

      store.delete(reference);
      store.delete(reference);
      assertThatThrownBy(() -> floats(store, reference)).isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  void anObjectOutlivesTheStoreThatPutIt() throws Exception {
    Blob.Reference reference;
    try (Store store = open("a")) {
      reference = store.put("v1", VALUES);
    }
    try (Store store = open("a")) {
      assertThat(floats(store, reference)).containsExactly(VALUES);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32_767, 32_768, 32_769, 100_003})
  void floatsComeBackBitForBitAtAnyLength(int count) throws Exception {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = Float.intBitsToFloat(i * 0x9E3779B9);
    }
    try (Store store = open("a")) {
      Blob.Reference reference = store.put("values", values);

      assertThat(reference.bytes()).isEqualTo(4L * count);
      float[] read = floats(store, reference);
      for (int i = 0; i < count; i++) {
        assertThat(Float.floatToRawIntBits(read[i])).isEqualTo(Float.floatToRawIntBits(values[i]));
      }
      assertThat(bytes(store, reference)).isEqualTo(Floats.toBytes(values));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bytesGoFromAndToAnyPartOfAnyBufferAndMoveNeitherPositionNorLimit(boolean direct)
      throws Exception {
    ByteBuffer source = buffer(direct, 300_000);
    for (int i = 0; i < source.capacity(); i++) {
      source.put(i, (byte) (i * 31));
    }
    source.position(7).limit(290_000);
    ByteBuffer target = buffer(direct, 300_000).position(11).limit(290_004);
    try (Store store = open("a")) {
      Blob.Reference reference = store.put("bytes", source.asReadOnlyBuffer());
      store.put("again", source);
      store.read(reference, target);

      assertThat(source.position()).isEqualTo(7);
      assertThat(source.limit()).isEqualTo(290_000);
      assertThat(target.position()).isEqualTo(11);
      assertThat(target.limit()).isEqualTo(290_004);
      assertThat(target).isEqualTo(source);
      assertThat(target.get(10)).isZero();
      assertThat(target.clear().get(290_004)).isZero();
    }
  }

  @Test
  void theSameNameTwiceIsTwoObjects() throws Exception {
    try (Store store = open("a")) {
      Blob.Reference first = store.put("v1", new float[] {1});
      Blob.Reference second = store.put("v1", new float[] {2});

      assertThat(first.uri()).isNotEqualTo(second.uri());
      assertThat(floats(store, first)).containsExactly(1);
      assertThat(floats(store, second)).containsExactly(2);
    }
  }

  @Test
  void objectsThatAreStillThereKeepTheirBytesWhileOthersComeAndGo() throws Exception {
    try (Store store = open("a");
        Store reader = open("a")) {
      Blob.Reference kept = store.put("kept", values(0, 1000));
      for (int i = 1; i < 20; i++) {
        Blob.Reference passing = store.put("passing", values(i, i % 2 == 0 ? 900 : 1100));
        assertThat(floats(reader, passing)).isEqualTo(values(i, i % 2 == 0 ? 900 : 1100));
        (i % 3 == 0 ? store : reader).delete(passing);
        assertThatThrownBy(() -> floats(reader, passing)).isInstanceOf(NoSuchFileException.class);
        assertThat(floats(reader, kept)).isEqualTo(values(0, 1000));
      }
    }
  }

  @Test
  void anotherLengthThanTheReferenceSaysIsRefused() throws Exception {
    try (Store store = open("a")) {
      Blob.Reference right = store.put("v1", VALUES);
      Blob.Reference longer = new Blob.Reference(right.uri(), 16, right.crc32c());

      assertThatThrownBy(() -> store.read(longer, new float[4]))
          .isInstanceOf(CorruptBlobException.class)
          .hasMessageContaining("has 12 bytes, its reference says 16");
      assertThatThrownBy(() -> store.read(longer, new float[3]))
          .isInstanceOf(CorruptBlobException.class);
      assertThatThrownBy(() -> store.read(right, new float[4]))
          .isInstanceOf(CorruptBlobException.class)
          .hasMessageContaining("and 16 are needed");
      assertThatThrownBy(() -> store.read(right, ByteBuffer.allocateDirect(8)))
          .isInstanceOf(CorruptBlobException.class);
    }
  }

  @Test
  void anotherChecksumThanTheReferenceSaysIsRefused() throws Exception {
    try (Store store = open("a")) {
      Blob.Reference right = store.put("v1", VALUES);
      Blob.Reference wrong = new Blob.Reference(right.uri(), 12, "00000000");

      assertThatThrownBy(() -> store.read(wrong, new float[3]))
          .isInstanceOf(CorruptBlobException.class)
          .hasMessageContaining(right.crc32c() + ", its reference says 00000000");
      assertThatThrownBy(() -> store.read(wrong, ByteBuffer.allocateDirect(12)))
          .isInstanceOf(CorruptBlobException.class);
      assertThatThrownBy(() -> store.read(wrong, ByteBuffer.allocate(12)))
          .isInstanceOf(CorruptBlobException.class);
    }
  }

  @Test
  void whatLiesAtAnotherPlaceIsNeitherReadNorDeleted() throws Exception {
    try (Store store = open("a");
        Store other = open("b")) {
      Blob.Reference reference = other.put("v1", VALUES);

      assertThatThrownBy(() -> floats(store, reference)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> store.delete(reference)).isInstanceOf(IOException.class);
      assertThat(floats(other, reference)).containsExactly(VALUES);
    }
  }

  @Test
  void allObjectsOfAPrefixAreDeletedAndNoOther() throws Exception {
    try (Store dead = open("a");
        Store store = open("a");
        Store elsewhere = open("b")) {
      Blob.Reference first = dead.put("run-shard1-v1", new float[] {1});
      dead.delete(dead.put("run-shard1-v2", new float[] {2}));
      Blob.Reference twelfth = dead.put("run-shard12-v1", new float[] {12});
      Blob.Reference sameNameElsewhere = elsewhere.put("run-shard1-v1", new float[] {3});

      store.deleteAll("run-shard1-");
      store.deleteAll("run-shard7-");

      assertThatThrownBy(() -> floats(store, first)).isInstanceOf(NoSuchFileException.class);
      assertThat(floats(store, twelfth)).containsExactly(12);
      assertThat(floats(elsewhere, sameNameElsewhere)).containsExactly(3);
    }
  }

  /** Age counts from the first sweep that finds the object, by the sweep's clock alone. */
  @Test
  void oldObjectsAreDeletedWhoeverPutThem() throws Exception {
    AtomicLong nanos = new AtomicLong();
    try (Store writer = open("a");
        Store elsewhere = open("b");
        Store store = open("a")) {
      Sweep sweep = new Sweep(store, Duration.ofSeconds(60), nanos::get);
      Blob.Reference first = writer.put("gradient-1-0-1", VALUES);
      Blob.Reference other = elsewhere.put("gradient-1-0-1", VALUES);
      nanos.set(Duration.ofHours(1).toNanos()); // no sweep has seen it
      sweep.run();
      assertThat(floats(store, first)).containsExactly(VALUES);

      nanos.addAndGet(Duration.ofSeconds(59).toNanos());
      Blob.Reference second = writer.put("gradient-2-0-1", VALUES);
      sweep.run();
      assertThat(floats(store, first)).containsExactly(VALUES);

      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
      sweep.run();
      sweep.run();
      assertThatThrownBy(() -> floats(store, first)).isInstanceOf(NoSuchFileException.class);
      assertThat(floats(store, second)).containsExactly(VALUES);
      assertThat(floats(elsewhere, other)).containsExactly(VALUES);
    }
  }

  @Test
  void whatWasListedIsDeletedOnlyWithTheMarkThatItHad() throws Exception {
    try (Store store = open("a")) {
      assertThat(store.list()).isEmpty();
      Blob.Reference reference = store.put("v1", VALUES);
      Map.Entry<String, String> listed =
          store.list().entrySet().stream()
              .filter(object -> reference.uri().toString().endsWith(object.getKey()))
              .findFirst()
              .orElseThrow();

      store.deleteListed(listed.getKey(), "another");
      assertThat(floats(store, reference)).containsExactly(VALUES);

      store.deleteListed(listed.getKey(), listed.getValue());
      store.deleteListed(listed.getKey(), listed.getValue());
      assertThatThrownBy(() -> floats(store, reference)).isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  void aNameThatSomeStoresCannotHoldIsRefused() throws Exception {
    try (Store store = open("a")) {
      for (String name : List.of("../v1", "", "a/b", "a b", "x".repeat(101))) {
        assertThatThrownBy(() -> store.put(name, VALUES))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("\"" + name + "\"");
        assertThatThrownBy(() -> store.deleteAll(name))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void threadsShareAStore() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Store store = open("a")) {
      List<Callable<float[]>> calls = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        float[] values = values(i, 5000);
        calls.add(
            () -> {
              Blob.Reference reference = store.put("v", values);
              float[] read = floats(store, reference);
              store.delete(reference);
              return read;
            });
      }
      List<Future<float[]>> read = threads.invokeAll(calls, 60, TimeUnit.SECONDS);
      for (int i = 0; i < read.size(); i++) {
        assertThat(read.get(i).get()).isEqualTo(values(i, 5000));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static ByteBuffer buffer(boolean direct, int bytes) {
    return direct ? ByteBuffer.allocateDirect(bytes) : ByteBuffer.allocate(bytes);
  }

  private static float[] values(int first, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = first + i;
    }
    return values;
  }

  private static float[] floats(Store store, Blob.Reference reference) throws IOException {
    float[] values = new float[Math.toIntExact(reference.bytes() / Float.BYTES)];
    store.read(reference, values);
    return values;
  }

  private static byte[] bytes(Store store, Blob.Reference reference) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(reference.bytes())];
    store.read(reference, ByteBuffer.wrap(bytes));
    return bytes;
  }
}
