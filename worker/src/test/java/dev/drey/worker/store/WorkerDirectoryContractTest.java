package dev.drey.worker.store;

import dev.drey.core.exchange.Store;
import dev.drey.core.exchange.StoreContract;
import dev.drey.core.protocol.FileGrants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The directories of the workers' side. */
final class WorkerDirectoryContractTest extends StoreContract {

  @TempDir Path root;

  @Override
  protected Store open(String place) throws IOException {
    return new WorkerStores(FileGrants.ALL)
        .at(Files.createDirectories(root.resolve(place)).toUri());
  }
}
