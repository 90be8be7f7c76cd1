package dev.drey.job.specification.data;

import dev.drey.connectors.kafka.ClientProperty;
import dev.drey.job.specification.key.Reading;
import dev.drey.job.specification.key.Type;
import dev.drey.job.specification.key.Yaml;
import java.nio.file.InvalidPathException;
import java.util.Map;
import java.util.Optional;

/**
 * The value of a Kafka client's property: text, or a reference to a secret. Messages never show a
 * value.
 */
final class ClientPropertyType implements Type<ClientProperty> {

  private static final String ENVIRONMENT = "env";
  private static final String FILE = "file";

  @Override
  public Optional<ClientProperty> read(Yaml yaml, Reading reading) {
    try {
      if (yaml instanceof Yaml.Text text) {
        return Optional.of(new ClientProperty.Plain(text.text()));
      }
      if (yaml instanceof Yaml.Mapping mapping && mapping.entries().size() == 1) {
        Map.Entry<String, Yaml> entry = mapping.entries().entrySet().iterator().next();
        if (entry.getValue() instanceof Yaml.Text text) {
          return secret(entry.getKey(), text.text(), yaml, reading);
        }
      }
    } catch (IllegalArgumentException e) {
      reading.fault(yaml.place(), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
    return refuse(yaml, reading);
  }

  private Optional<ClientProperty> secret(String kind, String place, Yaml yaml, Reading reading) {
    if (kind.equals(ENVIRONMENT)) {
      return Optional.of(new ClientProperty.Environment(place));
    }
    if (kind.equals(FILE)) {
      try {
        return Optional.of(
            new ClientProperty.SecretFile(
                reading.surroundings().directory().resolve(place).normalize().toString()));
      } catch (InvalidPathException e) {
        return refuse(yaml, reading);
      }
    }
    return refuse(yaml, reading);
  }

  private Optional<ClientProperty> refuse(Yaml yaml, Reading reading) {
    reading.fault(yaml.place(), "is something else, must be " + expects());
    return Optional.empty();
  }

  @Override
  public Object write(ClientProperty property) {
    return property.<Object>match(
        ClientProperty.Plain::value,
        variable -> Map.of(ENVIRONMENT, variable.name()),
        file -> Map.of(FILE, file.path()));
  }

  @Override
  public String expects() {
    return "text, {env: NAME} or {file: PATH}";
  }
}
