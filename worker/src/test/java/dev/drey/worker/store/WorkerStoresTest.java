package dev.drey.worker.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.blob.Blob;
import dev.drey.core.exchange.Store;
import dev.drey.core.exchange.UnsupportedSchemeException;
import dev.drey.core.protocol.FileGrants;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkerStoresTest {

  @TempDir Path root;

  private final WorkerStores stores = new WorkerStores(FileGrants.ALL);

  @Test
  void anObjectIsReadFromThePlaceThatItsUriNames() throws IOException {
    Blob.Reference reference = stores.at(place("a")).put("v1", new float[] {1, 2});
    float[] read = new float[2];

    stores.of(reference.uri()).read(reference, read);

    assertThat(read).containsExactly(1, 2);
    assertThat(stores.of(reference.uri())).isSameAs(stores.at(place("a")));
  }

  @Test
  void theStoresOfTheLastPlacesStayOpen() throws IOException {
    List<Store> first = new ArrayList<>();
    for (String name : List.of("a", "b", "c", "d")) {
      first.add(stores.at(place(name)));
    }
    assertThat(stores.at(place("a"))).isSameAs(first.get(0));

    stores.at(place("e")); // in the place of b, which was used longest ago

    assertThat(stores.at(place("a"))).isSameAs(first.get(0));
    assertThat(stores.at(place("c"))).isSameAs(first.get(2));
    assertThat(stores.at(place("b"))).isNotSameAs(first.get(1));
  }

  @Test
  void aStoreThatIsLetGoLeavesItsObjects() throws IOException {
    Blob.Reference reference = stores.at(place("a")).put("v1", new float[] {1});
    for (String name : List.of("b", "c", "d", "e")) {
      stores.at(place(name));
    }

    assertThat(Path.of(reference.uri())).exists();
    try (var left = Files.list(root.resolve("a"))) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void anotherSchemeIsRefusedWithThoseThereAre() {
    assertThatThrownBy(() -> stores.of(URI.create("s3://bucket/v1")))
        .isInstanceOf(UnsupportedSchemeException.class)
        .hasMessageContaining("scheme \"s3\", there are stores for [file]");
  }

  private URI place(String name) throws IOException {
    return Files.createDirectories(root.resolve(name)).toUri();
  }
}
