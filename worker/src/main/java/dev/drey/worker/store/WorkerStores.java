package dev.drey.worker.store;

import dev.drey.core.exchange.Store;
import dev.drey.core.exchange.Stores;
import dev.drey.core.exchange.directory.DirectoryBackend;
import dev.drey.core.protocol.FileGrants;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The stores of the places that requests name. They stay open for the requests that follow, up to
 * {@value #PLACES} of them. Not thread-safe.
 */
public final class WorkerStores {

  /** What a worker reaches. A new kind of store is a class and an entry here. */
  private static final Stores KINDS = new Stores(List.of(DirectoryBackend.whereReadersDelete()));

  /** Weights and results of two runs. */
  private static final int PLACES = 4;

  private final Map<URI, Store> open = new LinkedHashMap<>(2 * PLACES, 0.75f, true);

  private final FileGrants grants;

  /**
   * @param grants the files that may be opened
   */
  public WorkerStores(FileGrants grants) {
    this.grants = grants;
  }

  /**
   * The store of a place.
   *
   * @throws dev.drey.core.protocol.FileNotGrantedException if it is a directory that may not be
   *     opened
   * @throws dev.drey.core.exchange.UnsupportedSchemeException if the worker reaches none of its
   *     scheme
   */
  public Store at(URI place) throws IOException {
    grants.check(place);
    Store store = open.get(place);
    if (store == null) {
      store = KINDS.open(place);
      open.put(place, store);
      closeEldest();
    }
    return store;
  }

  /** The store that an object lies in; see {@link #at}. */
  public Store of(URI object) throws IOException {
    grants.check(object);
    return at(Stores.placeOf(object));
  }

  private void closeEldest() throws IOException {
    if (open.size() > PLACES) {
      URI eldest = open.keySet().iterator().next();
      open.remove(eldest).close();
    }
  }
}
