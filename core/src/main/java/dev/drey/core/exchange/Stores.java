package dev.drey.core.exchange;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The kinds of stores that one side reaches, by URI scheme. Immutable. */
public final class Stores {

  private final Map<String, StoreBackend> backends;

  /**
   * Lists them.
   *
   * @param backends of different schemes
   */
  public Stores(List<StoreBackend> backends) {
    this.backends =
        backends.stream().collect(Collectors.toMap(StoreBackend::scheme, Function.identity()));
  }

  /**
   * Opens the store of a place; see {@link StoreBackend#open}.
   *
   * @throws UnsupportedSchemeException if there is none for its scheme
   */
  public Store open(URI place) throws IOException {
    return backend(place).open(place);
  }

  /**
   * The backend of the URI's scheme.
   *
   * @throws UnsupportedSchemeException if there is none
   */
  public StoreBackend backend(URI uri) throws UnsupportedSchemeException {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    StoreBackend backend = backends.get(scheme);
    if (backend == null) {
      throw new UnsupportedSchemeException(
          "\"%s\" has scheme \"%s\", there are stores for %s"
              .formatted(uri, scheme, new TreeMap<>(backends).keySet()));
    }
    return backend;
  }

  /** The place that holds an object: all of its URI but the last element of the path. */
  public static URI placeOf(URI object) {
    String path = object.getRawPath();
    if (path == null || path.length() < 2) {
      return object; // not an object's URI, which its backend says better
    }
    String text = object.toString();
    return URI.create(text.substring(0, text.lastIndexOf('/', text.length() - 2) + 1));
  }

  /**
   * The place of this name inside another.
   *
   * @param name one path element
   */
  public static URI inside(URI place, String name) {
    String text = place.toString();
    return URI.create(text + (text.endsWith("/") ? "" : "/") + name + "/");
  }
}
