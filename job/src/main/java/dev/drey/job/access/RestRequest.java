package dev.drey.job.access;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A request to the REST API, as far as access depends on it.
 *
 * @param method of HTTP
 * @param target path and query, as they were sent
 * @param local whether the connection comes from this machine
 * @param headers all values of a header, by its name
 */
record RestRequest(
    String method, String target, boolean local, Function<String, List<String>> headers) {

  private static final Set<String> READING = Set.of("GET", "HEAD");

  boolean reads() {
    return READING.contains(method);
  }

  /** The target up to its query, not decoded. */
  String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  List<String> all(String header) {
    return headers.apply(header);
  }
}
