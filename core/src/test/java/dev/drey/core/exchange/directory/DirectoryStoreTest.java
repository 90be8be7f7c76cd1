package dev.drey.core.exchange.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.blob.Blob;
import dev.drey.core.blob.CorruptBlobException;
import dev.drey.core.exchange.Store;
import dev.drey.core.exchange.Sweep;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a directory does beside the contract of all stores. */
final class DirectoryStoreTest {

  @TempDir Path directory;

  @Test
  void anObjectIsAFileWhoseNameBeginsWithTheObjects() throws Exception {
    try (Store store = store(directory)) {
      Blob.Reference reference = store.put("v12-shard0", values(100_003));

      assertThat(reference.bytes()).isEqualTo(400_012);
      assertThat(reference.uri().toString()).startsWith("file:///").contains("v12-shard0");
      assertThat(Path.of(reference.uri())).hasSize(400_012);

      store.delete(reference);
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void theMemoryOfADeletedObjectHoldsTheNextOfAnyLength() throws Exception {
    try (Store store = store(directory)) {
      Object memory = null;
      for (int count : new int[] {1000, 10, 2000}) {
        Blob.Reference reference = store.put("v1", values(count));
        Object inode = Files.getAttribute(Path.of(reference.uri()), "unix:ino");
        assertThat(memory == null ? inode : memory).isEqualTo(inode);
        memory = inode;
        assertThat(read(store, reference)).isEqualTo(values(count));
        store.delete(reference);
        assertThat(files()).hasSize(1);
        assertThat(Path.of(reference.uri())).doesNotExist();
      }
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void aStoreThatOnlyReadsKeepsNoMemory() throws Exception {
    try (Store writer = store(directory);
        Store reader = store(directory)) {
      reader.delete(writer.put("v1", values(10)));

      assertThat(files()).isEmpty();
    }
  }

  @Test
  void noMoreThanAFewDeletedObjectsAreKept() throws Exception {
    try (Store store = store(directory)) {
      List<Blob.Reference> references = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        references.add(store.put("v" + i, values(10)));
      }
      for (Blob.Reference reference : references) {
        store.delete(reference);
      }
      assertThat(files()).hasSize(4);
    }
  }

  @Test
  void aTruncatedObjectIsRefused() throws Exception {
    try (Store store = store(directory)) {
      Blob.Reference reference = store.put("v1", values(10));
      Files.write(Path.of(reference.uri()), new byte[39]);

      assertThatThrownBy(() -> read(store, reference))
          .isInstanceOf(CorruptBlobException.class)
          .hasMessageContaining("39 bytes, its reference says 40");
    }
  }

  @Test
  void aDamagedObjectIsRefused() throws Exception {
    try (Store store = store(directory)) {
      Blob.Reference reference = store.put("v1", values(100_000));
      byte[] bytes = Files.readAllBytes(Path.of(reference.uri()));
      bytes[300_000] ^= 1;
      Files.write(Path.of(reference.uri()), bytes);

      assertThatThrownBy(() -> read(store, reference))
          .isInstanceOf(CorruptBlobException.class)
          .hasMessageContaining("its reference says " + reference.crc32c());
    }
  }

  @Test
  void whatLiesOutsideTheDirectoryIsNotTouched() throws Exception {
    Path outside = Files.write(directory.resolveSibling("outside.f32"), new byte[4]);
    Path inside = Files.createDirectory(directory.resolve("store"));
    Path deeper = Files.createDirectory(inside.resolve("deeper")).resolve("x.f32");
    Files.write(deeper, new byte[4]);
    try (Store store = store(inside)) {
      for (URI uri :
          new URI[] {
            outside.toUri(),
            URI.create(inside.toUri() + "../outside.f32"),
            URI.create(inside.toUri() + "%2e%2e/outside.f32"),
            deeper.toUri(),
            inside.toUri(),
            URI.create("http://host/x.f32"),
            URI.create("file://host/x.f32"),
          }) {
        Blob.Reference reference = new Blob.Reference(uri, 4, "00000000");
        assertThatThrownBy(() -> read(store, reference)).hasMessageContaining("is not a file of");
        assertThatThrownBy(() -> store.delete(reference)).hasMessageContaining("is not a file of");
      }
      assertThat(deeper).exists();
    } finally {
      assertThat(Files.deleteIfExists(outside)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:relative", "file:///x?y=z", "file:///x#y"})
  void aUriOfNoFileIsRefused(URI uri) throws Exception {
    assertThatThrownBy(() -> DirectoryBackend.whereReadersDelete().open(uri))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageStartingWith("\"" + uri + "\" is not the URI of a file: ");
    try (Store store = store(directory)) {
      assertThatThrownBy(() -> read(store, new Blob.Reference(uri, 4, "00000000")))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aMissingDirectoryIsNamedAndMade() throws IOException {
    Path missing = directory.resolve("missing/inside");
    try (Store store = store(missing)) {
      assertThatThrownBy(store::check)
          .isInstanceOf(NoSuchFileException.class)
          .hasMessage("store " + missing + " is not an existing directory");

      DirectoryBackend.whereWritersDelete().create(missing.toUri());
      DirectoryBackend.whereWritersDelete().create(missing.toUri());

      store.check();
    }
  }

  @Test
  void aDirectoryThatVanishedIsNamedWhenPutting() throws Exception {
    Path gone = Files.createDirectory(directory.resolve("gone"));
    for (DirectoryBackend backend :
        List.of(DirectoryBackend.whereWritersDelete(), DirectoryBackend.whereReadersDelete())) {
      try (Store store = backend.open(gone.toUri())) {
        Files.deleteIfExists(gone);

        assertThatThrownBy(() -> store.put("v1", new float[1]))
            .isInstanceOf(NoSuchFileException.class)
            .hasMessageContaining("store " + gone + " cannot put v1")
            .hasMessageContaining(gone + " is not an existing directory");
      }
    }
  }

  @Test
  void allObjectsOfAPrefixAreDeletedWithWhatADeadProcessLeft() throws IOException {
    Store dead = store(directory);
    dead.put("run-shard1-v1", new float[] {1});
    dead.delete(dead.put("run-shard1-v2", new float[] {2})); // kept to be written over
    Files.write(directory.resolve(".run-shard1-v3-x.part"), new byte[4]);
    Blob.Reference other = dead.put("run-shard12-v1", new float[] {12});

    try (Store store = store(directory)) {
      store.deleteAll("run-shard1-");

      assertThat(files()).containsExactly(Path.of(other.uri()));
    }
  }

  @Test
  void oldFilesAreDeletedHiddenOnesTooAndDirectoriesStay() throws IOException {
    AtomicLong nanos = new AtomicLong();
    Path inner = Files.createDirectory(directory.resolve("inner"));
    Files.write(directory.resolve("old"), new byte[4]);
    Files.write(directory.resolve(".hidden"), new byte[4]);
    Path changed = Files.write(directory.resolve("changed"), new byte[4]);

    try (Store store = store(directory)) {
      Sweep sweep = new Sweep(store, Duration.ofSeconds(60), nanos::get);
      sweep.run();
      nanos.set(Duration.ofSeconds(61).toNanos());
      Files.write(changed, new byte[5]);
      Path recent = Files.write(directory.resolve("recent"), new byte[4]);
      sweep.run();

      assertThat(files()).containsExactlyInAnyOrder(inner, changed, recent);
    }
  }

  /** The clock of the machine that wrote it is hours behind, or ahead. */
  @ParameterizedTest
  @ValueSource(longs = {-7200, 7200})
  void theTimeOfAFileIsNoMeasureOfItsAge(long seconds) throws IOException {
    AtomicLong nanos = new AtomicLong();
    Path file = Files.write(directory.resolve("result"), new byte[4]);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(seconds)));

    try (Store store = store(directory)) {
      Sweep sweep = new Sweep(store, Duration.ofSeconds(60), nanos::get);
      sweep.run();
      nanos.set(Duration.ofSeconds(59).toNanos());
      sweep.run();
      assertThat(file).exists();

      nanos.set(Duration.ofSeconds(60).toNanos());
      sweep.run();
      assertThat(file).doesNotExist();
    }
  }

  private static Store store(Path directory) throws IOException {
    return DirectoryBackend.whereWritersDelete().open(directory.toUri());
  }

  private static float[] read(Store store, Blob.Reference reference) throws IOException {
    float[] values = new float[Math.toIntExact(reference.bytes() / Float.BYTES)];
    store.read(reference, values);
    return values;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private static float[] values(int count) {
    Random random = new Random(1);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }
}
