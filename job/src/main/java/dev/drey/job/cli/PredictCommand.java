package dev.drey.job.cli;

import dev.drey.connectors.store.ExchangeDirectory;
import dev.drey.connectors.store.JobStores;
import dev.drey.core.exchange.Store;
import dev.drey.core.worker.GradientWorker;
import dev.drey.core.worker.WorkerException;
import dev.drey.job.cli.shell.ExitCode;
import dev.drey.job.cli.shell.Shell;
import dev.drey.job.model.ModelDirectory;
import dev.drey.job.model.Predictor;
import dev.drey.job.model.ScoringData;
import dev.drey.job.specification.key.SpecificationException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Scores a data file with a trained model. */
@Command(
    name = "predict",
    description = {
      "Scores a data file with a trained model.",
      "",
      "Reads the model of a run's directory DIR and the examples of FILE (.npy, .csv, or else IDX;"
          + " each may be gzip), and prints a line of comma-separated values per example: its row,"
          + " the class if the model classifies (with binary-cross-entropy 0 or 1 for each output), and"
          + " the network's outputs. With labels it prints"
          + " accuracy and loss as well, to the standard error. A CSV file needs the feature columns"
          + " that the model was trained on; if it has the label columns, these are used.",
      ""
    })
final class PredictCommand implements Callable<Integer> {

  private static final long SPARE_BYTES = 64L << 20;

  /** Opens the worker that computes. */
  @FunctionalInterface
  interface Workers {

    /** Opens it over a directory for weights and results. */
    GradientWorker open(ExchangeDirectory exchange) throws IOException;
  }

  @Parameters(index = "0", paramLabel = "DIR", description = "the directory of a run")
  private @Nullable Path model;

  @Parameters(index = "1", paramLabel = "FILE", description = "the examples' features")
  private @Nullable Path features;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "the examples' labels (NPY, IDX), to compare with")
  private @Nullable Path labels;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "where the predictions go (default: the standard output)")
  private @Nullable Path out;

  private final Workers workers;
  private final Shell shell;

  PredictCommand(Workers workers, Shell shell) {
    this.workers = workers;
    this.shell = shell;
  }

  @Override
  public Integer call() {
    try {
      predict();
      return ExitCode.DONE;
    } catch (SpecificationException e) {
      shell.complain(e);
      return ExitCode.USAGE;
    } catch (IOException e) {
      shell.err().println("drey: " + e.getMessage());
      return ExitCode.USAGE;
    } catch (WorkerException e) {
      shell.err().println("drey: " + e.getMessage());
      return e.kind() == WorkerException.Kind.REJECTED ? ExitCode.USAGE : ExitCode.FAILED;
    }
  }

  private void predict() throws SpecificationException, IOException, WorkerException {
    ModelDirectory directory = new ModelDirectory(resolved(Objects.requireNonNull(model)));
    ModelDirectory.Model read = directory.read();
    if (read.specification().stream().isPresent()) {
      throw new IOException(
          directory.path()
              + " is of a run on a stream, whose records files do not have: drey serve-check scores"
              + " them, and model.onnx takes what features.json of a published version says");
    }
    ScoringData data =
        ScoringData.open(
            read.specification().dataSet(),
            resolved(Objects.requireNonNull(features)),
            Optional.ofNullable(labels).map(this::resolved));
    long bytes = (long) read.parameters().length * Float.BYTES + SPARE_BYTES;
    try (ExchangeDirectory exchange = ExchangeDirectory.create(directory.path(), bytes);
        Store store = JobStores.open(exchange.weights());
        GradientWorker worker = workers.open(exchange);
        Writer writer = writer()) {
      Predictor predictor = new Predictor(read, worker, store, shell.clock());
      predictor.predict(data, new PredictionTable(writer, read.network()));
      writer.flush();
      if (data.labelled()) {
        shell.err().println(text(predictor.score(data)));
      }
    }
  }

  private static String text(Predictor.Score score) {
    return String.format(
        Locale.ROOT,
        Double.isNaN(score.accuracy()) ? "loss %2$.4f" : "accuracy %1$.4f, loss %2$.4f",
        score.accuracy(),
        score.loss());
  }

  private Writer writer() throws IOException {
    if (out != null) {
      return Files.newBufferedWriter(resolved(out));
    }
    return new BufferedWriter(new OutputStreamWriter(unclosed(), StandardCharsets.UTF_8));
  }

  /** The standard output, which this command must not close. */
  private OutputStream unclosed() {
    return new OutputStream() {
      @Override
      public void write(int b) {
        shell.out().write(b);
      }

      @Override
      public void write(byte[] bytes, int from, int length) {
        shell.out().write(bytes, from, length);
      }

      @Override
      public void flush() {
        shell.out().flush();
      }
    };
  }

  private Path resolved(Path path) {
    return shell.directory().resolve(path).normalize();
  }
}
