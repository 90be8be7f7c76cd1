package dev.drey.core.exchange;

import java.io.IOException;
import java.net.URI;

/**
 * One kind of store: those of one URI scheme. A new kind is a class for the job's side and one for
 * the workers' side, each listed with the {@link Stores} of its side.
 */
public interface StoreBackend {

  /** The scheme of its places and objects, in lower case: "file". */
  String scheme();

  /**
   * Opens the store of a place without looking whether the place exists.
   *
   * @param place with or without a slash at its end
   * @throws IOException if no place has such a URI
   */
  Store open(URI place) throws IOException;

  /**
   * Makes a place where it does not exist.
   *
   * @throws IOException if it does not exist and cannot be made
   */
  void create(URI place) throws IOException;
}
