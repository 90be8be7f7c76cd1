package dev.drey.connectors.kafka;

import java.io.Serializable;
import java.util.function.Function;

/** The value of a Kafka client's property. */
public sealed interface ClientProperty extends Serializable {

  /**
   * The value for the client's properties; of a secret only a reference, which {@link
   * SecretProvider} resolves.
   */
  String reference();

  /** Applies the function for this kind of value. */
  <R> R match(
      Function<Plain, R> plain, Function<Environment, R> environment, Function<SecretFile, R> file);

  /** Written in the clear. */
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

    @Override
    public <R> R match(
        Function<Plain, R> plain,
        Function<Environment, R> environment,
        Function<SecretFile, R> file) {
      return plain.apply(this);
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

    @Override
    public <R> R match(
        Function<Plain, R> plain,
        Function<Environment, R> environment,
        Function<SecretFile, R> file) {
      return environment.apply(this);
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

    @Override
    public <R> R match(
        Function<Plain, R> plain,
        Function<Environment, R> environment,
        Function<SecretFile, R> file) {
      return file.apply(this);
    }
  }
}
