package dev.drey.connectors.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.blob.Blob;
import dev.drey.core.blob.Checksum;
import dev.drey.core.blob.CorruptBlobException;
import dev.drey.core.parameters.Floats;
import dev.drey.core.store.WeightStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryWeightStoreTest {

  @TempDir Path directory;

  @Test
  void whatIsPublishedIsFetchedUntilItIsDeleted() throws Exception {
    float[] values = values(100_003);
    try (WeightStore store = DirectoryWeightStore.Provider.of(directory).open()) {
      Blob.Reference reference = store.publish("v12-shard0", values);

      assertThat(reference.bytes()).isEqualTo(400_012);
      assertThat(reference.crc32c()).isEqualTo(Checksum.of(Floats.toBytes(values)));
      assertThat(reference.uri().toString()).startsWith("file:///").contains("v12-shard0");
      assertThat(store.fetch(reference)).isEqualTo(Floats.toBytes(values));

      store.delete(reference);
      store.delete(reference);
      assertThatThrownBy(() -> store.fetch(reference)).isInstanceOf(NoSuchFileException.class);
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void theMemoryOfADeletedObjectHoldsTheNextOfAnyLength() throws Exception {
    try (WeightStore store = new DirectoryWeightStore(directory)) {
      for (int count : new int[] {1000, 10, 2000}) {
        Blob.Reference reference = store.publish("v1", values(count));
        assertThat(store.fetch(reference)).isEqualTo(Floats.toBytes(values(count)));
        store.delete(reference);
        assertThat(files()).hasSize(1);
        assertThat(Path.of(reference.uri())).doesNotExist();
      }
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void noMoreThanAFewDeletedObjectsAreKept() throws Exception {
    try (WeightStore store = new DirectoryWeightStore(directory)) {
      List<Blob.Reference> references = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        references.add(store.publish("v" + i, values(10)));
      }
      for (Blob.Reference reference : references) {
        store.delete(reference);
      }
      assertThat(files()).hasSize(4);
    }
  }

  @Test
  void theSameNameTwiceIsTwoObjects() throws Exception {
    try (WeightStore store = new DirectoryWeightStore(directory)) {
      Blob.Reference first = store.publish("v1", new float[] {1});
      Blob.Reference second = store.publish("v1", new float[] {2});

      assertThat(first.uri()).isNotEqualTo(second.uri());
      assertThat(store.fetch(first)).isEqualTo(Floats.toBytes(new float[] {1}));
      assertThat(store.fetch(second)).isEqualTo(Floats.toBytes(new float[] {2}));
    }
  }

  @Test
  void noValuesAreAnEmptyObject() throws Exception {
    try (WeightStore store = new DirectoryWeightStore(directory)) {
      Blob.Reference reference = store.publish("empty", new float[0]);

      assertThat(reference.bytes()).isZero();
      assertThat(store.fetch(reference)).isEmpty();
    }
  }

  @Test
  void aTruncatedObjectIsRefused() throws Exception {
    try (WeightStore store = new DirectoryWeightStore(directory)) {
      Blob.Reference reference = store.publish("v1", values(10));
      Files.write(Path.of(reference.uri()), new byte[39]);

      assertThatThrownBy(() -> store.fetch(reference))
          .isInstanceOf(CorruptBlobException.class)
          .hasMessageContaining("39 bytes, not 40");
    }
  }

  @Test
  void aDamagedObjectIsRefused() throws Exception {
    try (WeightStore store = new DirectoryWeightStore(directory)) {
      Blob.Reference reference = store.publish("v1", values(100_000));
      byte[] bytes = Files.readAllBytes(Path.of(reference.uri()));
      bytes[300_000] ^= 1;
      Files.write(Path.of(reference.uri()), bytes);

      assertThatThrownBy(() -> store.fetch(reference))
          .isInstanceOf(CorruptBlobException.class)
          .hasMessageContaining("not " + reference.crc32c());
    }
  }

  @Test
  void whatLiesOutsideTheDirectoryIsNotTouched() throws Exception {
    Path outside = Files.write(directory.resolveSibling("outside.f32"), new byte[4]);
    Path inside = Files.createDirectory(directory.resolve("store"));
    try (WeightStore store = new DirectoryWeightStore(inside)) {
      for (URI uri : new URI[] {outside.toUri(), URI.create("http://host/x.f32")}) {
        Blob.Reference reference = new Blob.Reference(uri, 4, "00000000");
        assertThatThrownBy(() -> store.fetch(reference)).hasMessageContaining("is not a file of");
        assertThatThrownBy(() -> store.delete(reference)).hasMessageContaining("is not a file of");
      }
    } finally {
      assertThat(Files.deleteIfExists(outside)).isTrue();
    }
  }

  @Test
  void aMissingDirectoryIsNamed() {
    assertThatThrownBy(() -> new DirectoryWeightStore(directory.resolve("missing")))
        .isInstanceOf(IOException.class)
        .hasMessage("weight store " + directory.resolve("missing") + " is not a directory");
  }

  @Test
  void aDirectoryThatVanishedIsNamedWhenPublishing() throws Exception {
    Path gone = Files.createDirectory(directory.resolve("gone"));
    try (WeightStore store = new DirectoryWeightStore(gone)) {
      Files.delete(gone);

      assertThatThrownBy(() -> store.publish("v1", new float[1]))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("weight store " + gone + " cannot publish v1");
    }
  }

  @Test
  void aNameThatIsNoFileNameIsRefused() throws Exception {
    try (WeightStore store = new DirectoryWeightStore(directory)) {
      assertThatThrownBy(() -> store.publish("../v1", new float[1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("../v1");
    }
  }

  @Test
  void allObjectsOfAPrefixAreDeletedWithWhatADeadProcessLeft() throws IOException {
    DirectoryWeightStore dead = new DirectoryWeightStore(directory);
    dead.publish("run-shard1-v1", new float[] {1});
    dead.delete(dead.publish("run-shard1-v2", new float[] {2})); // kept to be written over
    Files.write(directory.resolve(".run-shard1-v3-x.part"), new byte[4]);
    Blob.Reference other = dead.publish("run-shard12-v1", new float[] {12});

    try (WeightStore store = new DirectoryWeightStore(directory)) {
      store.deleteAll("run-shard1-");
      store.deleteAll("run-shard7-");

      try (var left = Files.list(directory)) {
        assertThat(left).containsExactly(Path.of(other.uri()));
      }
      assertThatThrownBy(() -> store.deleteAll("../")).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void theProviderTravelsToWhereItIsNeeded() throws Exception {
    DirectoryWeightStore.Provider provider = DirectoryWeightStore.Provider.of(directory);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(provider);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(provider);
    }
  }

  private Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList().stream();
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
