package dev.drey.job.run;

import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkResult;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

/**
 * Fails the job as some steps are computed, once each.
 *
 * @param notes the directory where {@code failed-at-<step>} is there once it has
 */
record FailingSteps(String notes, List<Long> steps) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The usual parts of a run, but for that. */
  static LocalSetup setup(Path notes, long... steps) {
    FailingSteps failing =
        new FailingSteps(notes.toString(), LongStream.of(steps).boxed().toList());
    LocalSetup usual = LocalSetup.of(SmallRun.HOME);
    return new LocalSetup(
        usual.function(),
        usual.handler(),
        usual.nativeCache(),
        usual.classArchive(),
        workers -> new Provider(workers, failing),
        usual.store());
  }

  private boolean isFirst(long step) {
    try {
      Files.createFile(Path.of(notes, "failed-at-" + step));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private record Provider(GradientWorker.Provider workers, FailingSteps failing)
      implements GradientWorker.Provider {

    private static final long serialVersionUID = 1L;

    @Override
    public GradientWorker open() throws Exception {
      return new Worker(workers.open(), failing);
    }
  }

  private record Worker(GradientWorker worker, FailingSteps failing) implements GradientWorker {

    @Override
    public CompletableFuture<WorkResult> compute(WorkRequest request) {
      long step = request.id().step();
      if (failing.steps.contains(step) && failing.isFirst(step)) {
        return CompletableFuture.failedFuture(new IllegalStateException("as asked"));
      }
      return worker.compute(request);
    }

    @Override
    public void close() {
      worker.close();
    }
  }
}
