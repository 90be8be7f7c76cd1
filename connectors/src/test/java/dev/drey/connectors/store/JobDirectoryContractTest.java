package dev.drey.connectors.store;

import dev.drey.core.exchange.Store;
import dev.drey.core.exchange.StoreContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The directories of the job's side. */
final class JobDirectoryContractTest extends StoreContract {

  @TempDir Path root;

  @Override
  protected Store open(String place) throws IOException {
    return JobStores.open(JobStores.create(root.resolve(place).toUri()));
  }
}
