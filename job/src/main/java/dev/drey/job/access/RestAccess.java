package dev.drey.job.access;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.io.network.netty.InboundChannelHandlerFactory;

/** Protects the REST API of a Flink that is about to start. */
public final class RestAccess {

  /** Where the token is; without this option, the REST API is as Flink has it. */
  static final ConfigOption<String> TOKEN_FILE =
      ConfigOptions.key("drey.access.token-file").stringType().noDefaultValue();

  /** All classes of this package that a JobManager loads; none has nested classes. */
  static final List<Class<?>> CLASSES =
      List.of(
          AccessHandler.class,
          AccessRule.class,
          AccessToken.class,
          FirstHandler.class,
          OpenRoutes.class,
          Refusal.class,
          RestAccess.class,
          RestAccessFactory.class,
          RestRequest.class);

  private RestAccess() {}

  /**
   * Makes all but reading need a new token.
   *
   * @param configuration of the JobManager, which is changed
   * @param token the file to write it to
   */
  public static void protect(Configuration configuration, Path token) throws IOException {
    AccessToken unused = AccessToken.create(token);
    configuration.set(TOKEN_FILE, token.toAbsolutePath().toString());
  }

  /**
   * Copies what a JobManager needs that does not have Drey's jars.
   *
   * @param classes a directory of its class path
   */
  public static void install(Path classes) throws IOException {
    for (Class<?> type : CLASSES) {
      Path target = classes.resolve(type.getName().replace('.', '/') + ".class");
      Files.createDirectories(target.getParent());
      try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
        if (in == null) {
          throw new IOException("this build lacks the class file of " + type.getName());
        }
        Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(InboundChannelHandlerFactory.class.getName()),
        RestAccessFactory.class.getName() + "\n");
  }
}
