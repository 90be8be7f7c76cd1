package dev.drey.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.blob.Blob;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StoresTest {

  private final Stores stores = new Stores(List.of(new Memory("memory"), new Memory("cloud")));

  @Test
  void theSchemeOfAPlaceChoosesItsStore() throws IOException {
    for (String place : List.of("memory://test/a/", "CLOUD://test/a/")) {
      try (Store store = stores.open(URI.create(place))) {
        Blob.Reference reference = store.put("v1", new float[1]);
        assertThat(reference.uri().toString()).startsWith(place + "v1-");
        assertThat(Stores.placeOf(reference.uri())).isEqualTo(URI.create(place));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3://bucket/x", "x", "s3:x"})
  void anotherSchemeIsRefusedWithThoseThereAre(String place) {
    assertThatThrownBy(() -> stores.open(URI.create(place)))
        .isInstanceOf(UnsupportedSchemeException.class)
        .hasMessageContaining("\"" + place + "\" has scheme \"")
        .hasMessageEndingWith("there are stores for [cloud, memory]");
  }

  @ParameterizedTest
  @CsvSource({
    "file:///dir/object, file:///dir/",
    "file:///dir/inner/, file:///dir/",
    "s3://bucket/object, s3://bucket/",
    "redis://host:6379/0/run/object, redis://host:6379/0/run/",
    "file:relative, file:relative",
    "s3://bucket, s3://bucket",
    "file:///, file:///",
  })
  void anObjectLiesWhereItsPathEnds(URI object, String place) {
    assertThat(Stores.placeOf(object).toString()).isEqualTo(place);
  }

  @Test
  void aPlaceLiesInsideAnotherWhetherThatEndsWithASlashOrNot() {
    assertThat(Stores.inside(URI.create("s3://bucket/run"), "results"))
        .isEqualTo(Stores.inside(URI.create("s3://bucket/run/"), "results"))
        .isEqualTo(URI.create("s3://bucket/run/results/"));
  }

  /** A backend in memory. */
  private record Memory(String scheme) implements StoreBackend {
    @Override
    public Store open(URI place) {
      return new MemoryStore(place, new ConcurrentHashMap<>());
    }

    @Override
    public void create(URI place) {}
  }
}
