package dev.drey.job.specification.workers;

import dev.drey.connectors.secret.Secret;
import dev.drey.job.specification.key.Reading;
import dev.drey.job.specification.key.Type;
import dev.drey.job.specification.key.Yaml;
import java.nio.file.InvalidPathException;
import java.util.Map;
import java.util.Optional;

/** A reference to a secret; a secret in the clear is refused, and messages never show it. */
final class SecretType implements Type<Secret> {

  private static final String ENVIRONMENT = "env";
  private static final String FILE = "file";

  @Override
  public Optional<Secret> read(Yaml yaml, Reading reading) {
    Optional<Secret> secret = Optional.empty();
    if (yaml instanceof Yaml.Mapping mapping && mapping.entries().size() == 1) {
      Map.Entry<String, Yaml> entry = mapping.entries().entrySet().iterator().next();
      if (entry.getValue() instanceof Yaml.Text text && !text.text().isEmpty()) {
        secret = secret(entry.getKey(), text.text(), reading);
      }
    }
    if (secret.isEmpty()) {
      reading.fault(yaml.place(), "is something else, must be " + expects());
    }
    return secret;
  }

  private static Optional<Secret> secret(String kind, String place, Reading reading) {
    if (kind.equals(ENVIRONMENT)) {
      return Optional.of(new Secret.Variable(place));
    }
    if (!kind.equals(FILE)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Secret.StoredFile(
              reading.surroundings().directory().resolve(place).normalize().toString()));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  @Override
  public Object write(Secret secret) {
    if (secret instanceof Secret.Variable variable) {
      return Map.of(ENVIRONMENT, variable.name());
    }
    return Map.of(FILE, ((Secret.StoredFile) secret).path());
  }

  @Override
  public String expects() {
    return "{env: NAME} or {file: PATH}";
  }
}
