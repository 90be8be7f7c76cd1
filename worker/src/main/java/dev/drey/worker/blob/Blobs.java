package dev.drey.worker.blob;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** The stores a worker can reach, by URI scheme. */
public final class Blobs {

  private final Map<String, BlobStore> stores;

  private Blobs(Map<String, BlobStore> stores) {
    this.stores = Map.copyOf(stores);
  }

  /** All the stores there are: files. A new scheme is a class and an entry here. */
  public static Blobs all() {
    return new Blobs(Map.of("file", new FileBlobs()));
  }

  /**
   * The store of the URI's scheme.
   *
   * @throws UnsupportedSchemeException if there is none
   */
  public BlobStore of(URI uri) throws UnsupportedSchemeException {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    BlobStore store = stores.get(scheme);
    if (store == null) {
      throw new UnsupportedSchemeException(
          "\"%s\" has scheme \"%s\", this worker knows %s"
              .formatted(uri, scheme, new TreeSet<>(stores.keySet())));
    }
    return store;
  }
}
