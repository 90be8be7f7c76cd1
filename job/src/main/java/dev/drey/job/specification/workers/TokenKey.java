package dev.drey.job.specification.workers;

import dev.drey.connectors.secret.Secret;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.Maybe;
import dev.drey.job.specification.key.Reading;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/** The key {@code workers.token}. */
final class TokenKey {

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|\\[::1]|127(\\.[0-9]{1,3}){3}");

  static final Key<WorkerSettings, Optional<Secret>> TOKEN =
      Key.of(
              "token",
              new Maybe<>(new SecretType()),
              WorkerSettings::token,
              "aws: the token that the service at the endpoint demands, as that of `drey cluster"
                  + " up`")
          .orElse(Optional.empty(), "none");

  private TokenKey() {}

  /** A token needs an endpoint that takes it, and does not go through a network in the clear. */
  static void check(Reading reading) {
    if (!reading.isGiven(TOKEN)) {
      return;
    }
    if (!reading.isGiven(WorkerKeys.ENDPOINT)) {
      reading.fault(TOKEN, "is given, must be left out without an endpoint: AWS does not take it");
      return;
    }
    reading
        .value(WorkerKeys.ENDPOINT)
        .flatMap(endpoint -> endpoint)
        .filter(endpoint -> !isPrivate(endpoint))
        .ifPresent(
            endpoint ->
                reading.fault(
                    TOKEN,
                    "would go to "
                        + endpoint
                        + " in the clear, the endpoint must be https or on this machine"));
  }

  private static boolean isPrivate(URI endpoint) {
    return endpoint.getScheme().equals("https") || LOOPBACK.matcher(endpoint.getHost()).matches();
  }
}
