package dev.drey.connectors.store;

import dev.drey.core.exchange.Store;
import dev.drey.core.exchange.Stores;
import dev.drey.core.exchange.UnsupportedSchemeException;
import dev.drey.core.exchange.directory.DirectoryBackend;
import java.io.IOException;
import java.io.Serial;
import java.net.URI;
import java.util.List;

/** The stores that the job reaches, by the URI of their place. */
public final class JobStores {

  /** What the job reaches. A new kind of store is a class and an entry here. */
  private static final Stores KINDS = new Stores(List.of(DirectoryBackend.whereWritersDelete()));

  private JobStores() {}

  /**
   * Opens the store of a place and checks it.
   *
   * @throws IOException if objects cannot be put there
   */
  public static Store open(URI place) throws IOException {
    Store store = KINDS.open(place);
    try {
      store.check();
      return store;
    } catch (IOException e) {
      store.close();
      throw e;
    }
  }

  /** Opens the store of a place where it is used. */
  public static Store.Provider provider(URI place) {
    return new Provider(place);
  }

  /**
   * Makes a place where it does not exist.
   *
   * @return the place
   */
  public static URI create(URI place) throws IOException {
    KINDS.backend(place).create(place);
    return place;
  }

  /**
   * Proves that the job reaches stores of the URI's scheme.
   *
   * @throws UnsupportedSchemeException if not
   */
  public static void checkScheme(URI place) throws UnsupportedSchemeException {
    KINDS.backend(place);
  }

  private record Provider(URI place) implements Store.Provider {

    @Serial private static final long serialVersionUID = 1L;

    @Override
    public Store open() throws IOException {
      return JobStores.open(place);
    }
  }
}
