package dev.drey.connectors.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.exchange.Store;
import dev.drey.core.exchange.UnsupportedSchemeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JobStoresTest {

  @TempDir Path directory;

  @Test
  void theProviderTravelsToWhereItIsNeeded() throws Exception {
    Store.Provider provider = JobStores.provider(directory.toUri());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(provider);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(provider);
    }
  }

  @Test
  void aPlaceThatDoesNotExistIsNamed() {
    Path missing = directory.resolve("missing");
    assertThatThrownBy(() -> JobStores.open(missing.toUri()))
        .isInstanceOf(IOException.class)
        .hasMessage("store " + missing + " is not an existing directory");
  }

  @Test
  void aPlaceOfNoStoreIsRefused() {
    URI place = URI.create("s3://bucket/x");
    for (ThrowingCallable call :
        new ThrowingCallable[] {
          () -> JobStores.open(place),
          () -> JobStores.create(place),
          () -> JobStores.checkScheme(place),
          () -> JobStores.provider(place).open()
        }) {
      assertThatThrownBy(call)
          .isInstanceOf(UnsupportedSchemeException.class)
          .hasMessageContaining("s3://bucket/x");
    }
  }
}
