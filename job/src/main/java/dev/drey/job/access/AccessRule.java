package dev.drey.job.access;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides which requests pass. Immutable.
 *
 * <ul>
 *   <li>The Host header must be a name of this machine: otherwise the page of any site whose name
 *       resolves to 127.0.0.1 (DNS rebinding) is of the same origin.
 *   <li>An Origin header must be the UI's own.
 *   <li>From this machine, {@link OpenRoutes} can be read. All else needs the token.
 * </ul>
 */
final class AccessRule {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[0-9A-Za-z._-]+)(?::[0-9]{1,5})?");

  /** Browsers say so of a request of the page itself, and of what the user typed. */
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  private final Set<String> hosts;
  private final Path file;
  private final @Nullable AccessToken token;

  /**
   * A rule.
   *
   * @param address a name of this machine, in addition to those of loopback
   * @param file where the token is, for messages
   * @param token null if it cannot be read: then nothing that needs it passes
   */
  AccessRule(String address, Path file, @Nullable AccessToken token) {
    this.hosts = new TreeSet<>(LOOPBACK);
    hosts.add(address.toLowerCase(Locale.ROOT));
    this.file = file;
    this.token = token;
  }

  /** Why a request does not pass; empty if it passes. */
  Optional<Refusal> refusal(RestRequest request) {
    List<String> named = request.all("host");
    if (named.size() != 1 || !isOwn(named.get(0))) {
      return Optional.of(
          Refusal.forbidden("the header Host is " + named + ", must be one of " + hosts));
    }
    String host = named.get(0).toLowerCase(Locale.ROOT);
    Set<String> own = Set.of("http://" + host, "https://" + host);
    for (String origin : request.all("origin")) {
      if (!own.contains(origin.toLowerCase(Locale.ROOT))) {
        return Optional.of(
            Refusal.forbidden("the header Origin is " + origin + ", must be http://" + host));
      }
    }
    if (!request.target().startsWith("/") || OpenRoutes.endByReading(request.path())) {
      return Optional.of(Refusal.forbidden("Drey closes this route"));
    }
    if (request.local() && request.reads() && OpenRoutes.contain(request.path())) {
      return Optional.empty();
    }
    return withToken(request);
  }

  private boolean isOwn(String host) {
    Matcher matcher = HOST.matcher(host);
    return matcher.matches() && hosts.contains(matcher.group(1).toLowerCase(Locale.ROOT));
  }

  private Optional<Refusal> withToken(RestRequest request) {
    // A browser adds a password that its user once typed to requests from other sites, too.
    if (!OWN_SITES.containsAll(request.all("sec-fetch-site"))) {
      return Optional.of(Refusal.forbidden("the request comes from a page of another site"));
    }
    List<String> authorization = request.all("authorization");
    if (token != null && authorization.size() == 1 && token.isIn(authorization.get(0))) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            401,
            request.method()
                + " "
                + request.path()
                + " needs the header Authorization: Bearer TOKEN, or in a browser the token as"
                + " password; it is in "
                + file));
  }
}
