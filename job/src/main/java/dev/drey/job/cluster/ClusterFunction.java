package dev.drey.job.cluster;

import dev.drey.connectors.lambda.local.LocalLambdaSettings;
import dev.drey.connectors.lambda.local.WorkerFlags;
import dev.drey.core.protocol.FileGrants;
import dev.drey.core.protocol.Kernels;
import dev.drey.job.run.LocalSetup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The worker's function in the Lambda service of a cluster. */
public final class ClusterFunction {

  private static final String WORKERS = "workers";
  private static final int USUAL_PORT = 9001;
  private static final Duration TIMEOUT = Duration.ofMinutes(15);

  private ClusterFunction() {}

  /**
   * The file with the token of the Lambda service, which only this user can read.
   *
   * @param directory of the cluster
   */
  public static Path token(Path directory) {
    return directory.resolve(WORKERS).resolve("token");
  }

  static LocalLambdaSettings of(ClusterSettings settings) throws IOException {
    LocalSetup setup = LocalSetup.of(settings.home());
    Map<String, String> environment = new HashMap<>(Kernels.AVX2.environment());
    environment.putAll(FileGrants.of(settings.files()).environment());
    return new LocalLambdaSettings(
        new LocalLambdaSettings.Function(LocalSetup.FUNCTION, setup.function(), setup.handler()),
        new LocalLambdaSettings.Limits(settings.memoryMb(), TIMEOUT, settings.workers()),
        new LocalLambdaSettings.Launch(WorkerFlags.sharing(setup.classArchive()), environment),
        new LocalLambdaSettings.Directories(
            settings.directory().resolve(WORKERS), setup.nativeCache(), null),
        FreePort.of(settings.ports().lambda(), USUAL_PORT));
  }
}
