package dev.drey.connectors.secret;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a secret is. The reference itself is not secret: it may be in a specification, in the
 * arguments of a process and in a job graph.
 */
public sealed interface Secret extends Serializable {

  /**
   * Reads the secret from this process's environment or machine.
   *
   * @throws IOException if it is missing; the message names the reference, never a content
   */
  default String read() throws IOException {
    return read(System.getenv());
  }

  /**
   * Reads the secret.
   *
   * @param environment variables of the process
   * @throws IOException as {@link #read()}
   */
  String read(Map<String, String> environment) throws IOException;

  /**
   * A secret in an environment variable, which only processes of the same user can see.
   *
   * @param name of the variable, not empty
   */
  record Variable(String name) implements Secret {

    private static final long serialVersionUID = 1L;

    public Variable {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("the name of an environment variable is empty");
      }
    }

    @Override
    public String read(Map<String, String> environment) throws IOException {
      String secret = environment.get(name);
      if (secret == null || secret.isEmpty()) {
        throw new IOException("environment variable " + name + " is not set");
      }
      return secret;
    }
  }

  /**
   * A secret in a file of at most 1 MiB, in UTF-8; trailing white space is removed.
   *
   * @param path absolute, not empty
   */
  record StoredFile(String path) implements Secret {

    private static final long serialVersionUID = 1L;
    private static final int MOST_BYTES = 1 << 20;

    public StoredFile {
      if (path.isEmpty()) {
        throw new IllegalArgumentException("the path of a secret file is empty");
      }
    }

    @Override
    public String read(Map<String, String> environment) throws IOException {
      byte[] bytes;
      try (InputStream in = Files.newInputStream(Path.of(path))) {
        bytes = in.readNBytes(MOST_BYTES + 1);
      } catch (IOException | InvalidPathException e) {
        throw new IOException("secret file " + path + " cannot be read: " + e, e);
      }
      if (bytes.length > MOST_BYTES) {
        throw new IOException("secret file " + path + " has more than " + MOST_BYTES + " bytes");
      }
      return new String(bytes, StandardCharsets.UTF_8).stripTrailing();
    }
  }
}
