package dev.drey.connectors.store;

import dev.drey.core.exchange.Store;
import dev.drey.core.exchange.StoreContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

final class RetryingStoreContractTest extends StoreContract {

  @TempDir Path root;

  @Override
  protected Store open(String place) throws IOException {
    return new RetryingStore.Provider(
            JobStores.provider(JobStores.create(root.resolve(place).toUri())), Duration.ZERO)
        .open();
  }
}
