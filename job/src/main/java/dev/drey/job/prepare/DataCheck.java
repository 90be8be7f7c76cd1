package dev.drey.job.prepare;

import dev.drey.core.data.DataSet;
import dev.drey.core.data.DataSets;
import dev.drey.core.data.DataSource;
import dev.drey.core.data.Normalization;
import dev.drey.core.data.Split;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.network.WorkerMemory;
import dev.drey.core.plan.PlanSpace;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.data.DataSettings;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import dev.drey.job.specification.workers.WorkerRuntime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.configuration.MemorySize;
import org.jspecify.annotations.Nullable;

/** Proves that a run's files can be read and that its network fits them. Used once. */
final class DataCheck {

  private final RunSpecification specification;
  private final DataSettings settings;
  private final List<Fault> faults = new ArrayList<>();

  DataCheck(RunSpecification specification) {
    this.specification = specification;
    this.settings = specification.dataSet();
  }

  PreparedData run() throws SpecificationException {
    DataFiles trainingFiles = DataFiles.training(settings);
    DataFiles testFiles = DataFiles.test(settings);
    boolean together = settings.test().fraction().isPresent();
    Opened training = open(trainingFiles);
    if (training == null) {
      if (!together) {
        open(testFiles);
      }
      throw new SpecificationException(faults);
    }
    NetworkSpec network = specification.network().bind(List.of(training.data.width()));
    checkFit(training, network);
    long dataBytes = training.data.bytes();
    Normalization normalization = Normalization.NONE;
    Split split = split(training.data.rows());
    try {
      normalization = normalization(training, split);
    } catch (IOException | IllegalArgumentException e) {
      faults.add(Fault.of("data.normalization", String.valueOf(e.getMessage())));
    }
    DataSource trainingSource = training.source;
    DataSource testSource = trainingSource;
    if (!together) {
      training = null; // one data set in memory at a time
      Opened test = open(testFiles);
      if (test != null) {
        checkFit(test, network);
        testSource = test.source;
        split = Split.whole(split.train().length, test.data.rows());
        dataBytes += test.data.bytes();
      }
    }
    WorkerMemory needed =
        WorkerMemory.of(
            network,
            specification.training().miniBatch(),
            specification.workers().share(split.test().length),
            dataBytes);
    memoryFault(specification, needed).ifPresent(faults::add);
    if (!faults.isEmpty()) {
      throw new SpecificationException(faults);
    }
    return new PreparedData(network, trainingSource, testSource, normalization, split, needed);
  }

  /** A data set and the files it came from. */
  private record Opened(DataFiles files, DataSource source, DataSet data) {}

  private @Nullable Opened open(DataFiles files) {
    try {
      DataSource source = files.source();
      return new Opened(files, source, DataSets.read(source));
    } catch (IOException | IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      faults.add(Fault.of(files.keyOf(message), message));
      return null;
    }
  }

  private Split split(int rows) throws SpecificationException {
    double fraction = settings.test().fraction().orElse(0.0);
    try {
      return Split.of(rows, fraction, specification.training().seed());
    } catch (IllegalArgumentException e) {
      faults.add(Fault.of("data.test.fraction", String.valueOf(e.getMessage())));
      throw new SpecificationException(faults);
    }
  }

  private void checkFit(Opened opened, NetworkSpec network) {
    DataSet data = opened.data;
    if (data.width() != network.inputWidth()) {
      faults.add(
          Fault.of(
              specification.network().input().isPresent()
                  ? "network.input"
                  : opened.files.featuresKey(),
              "%s is %d values, an example of %s has %d"
                  .formatted(network.input(), network.inputWidth(), data.name(), data.width())));
      return;
    }
    if (data.labelWidth() != network.labelWidth()) {
      faults.add(
          Fault.of(
              opened.files.labelsKey(),
              "%s has %d label values an example, the loss over %d outputs takes %d"
                  .formatted(
                      data.name(),
                      data.labelWidth(),
                      network.outputWidth(),
                      network.labelWidth())));
      return;
    }
    try {
      DataSets.check(data, network, IntStream.range(0, data.rows()).toArray());
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      faults.add(
          Fault.of(
              message.contains(": label ") ? opened.files.labelsKey() : opened.files.featuresKey(),
              message));
    }
  }

  /** Checks the memory of workers; workers that are threads of this process use its memory. */
  static Optional<Fault> memoryFault(RunSpecification specification, WorkerMemory needed) {
    if (specification.workers().runtime() == WorkerRuntime.IN_PROCESS) {
      return Optional.empty();
    }
    Optional<MemorySize> given = specification.workers().memory();
    long available =
        given
            .map(memory -> (long) memory.getMebiBytes())
            .orElse((long) PlanSpace.LAMBDA_MEMORY_MB.most());
    if (needed.totalMb() <= available) {
      return Optional.empty();
    }
    return Optional.of(
        Fault.of(
            "workers.memory",
            "is %s%d MB, a worker of this network needs about %d MB, %d MB more: %s"
                .formatted(
                    given.isPresent() ? "" : "auto, at most ",
                    available,
                    needed.totalMb(),
                    needed.totalMb() - available,
                    MemoryText.parts(needed))));
  }

  private Normalization normalization(Opened training, Split split) throws IOException {
    Optional<Normalization> given = settings.normalization().given();
    if (given.isEmpty()) {
      return DataSets.standard(training.data, split.train());
    }
    int columns = given.get().mean().size();
    if (columns != 1 && columns != training.data.width()) {
      throw new IllegalArgumentException(
          "has %d values, must have 1 or one per feature, %d"
              .formatted(columns, training.data.width()));
    }
    return given.get();
  }
}
