package dev.drey.connectors.kafka;

import java.io.Serializable;

/** The value of a Kafka client's property. */
public sealed interface ClientProperty extends Serializable {

  /**
   * The value for the client's properties; of a secret only a reference, which {@link
   * SecretProvider} resolves.
   */
  String reference();

  /** A value in the clear. */
  record Plain(String value) implements ClientProperty {

    private static final long serialVersionUID = 1L;

    public Plain {
      if (value.contains("${")) { // Kafka would resolve it by a config provider
        throw new IllegalArgumentException("has \"${\", must be written without");
      }
    }

    @Override
    public String reference() {
      return value;
    }
  }

  /**
   * A secret in an environment variable of the process that opens the client.
   *
   * @param name of the variable
   */
  record Environment(String name) implements ClientProperty {

    private static final long serialVersionUID = 1L;

    public Environment {
      SecretProvider.checkName(name);
    }

    @Override
    public String reference() {
      return SecretProvider.reference(SecretProvider.ENVIRONMENT, name);
    }
  }

  /**
   * A secret in a file on the machine that opens the client; trailing white space is removed.
   *
   * @param path absolute
   */
  record SecretFile(String path) implements ClientProperty {

    private static final long serialVersionUID = 1L;

    public SecretFile {
      SecretProvider.checkName(path);
    }

    @Override
    public String reference() {
      return SecretProvider.reference(SecretProvider.FILE, path);
    }
  }
}
