package dev.drey.job.cli;

import dev.drey.job.cli.shell.ExitCode;
import dev.drey.job.cli.shell.Interrupts;
import dev.drey.job.cli.shell.SetOption;
import dev.drey.job.cli.shell.Shell;
import dev.drey.job.flink.FileSystems;
import dev.drey.job.flink.FlinkOptions;
import dev.drey.job.model.ModelDirectory;
import dev.drey.job.resume.CheckpointIndex;
import dev.drey.job.resume.DataIdentity;
import dev.drey.job.resume.Resumable;
import dev.drey.job.run.Outcome;
import dev.drey.job.run.PreparedRun;
import dev.drey.job.run.ProfilePlanner;
import dev.drey.job.run.RunFailedException;
import dev.drey.job.run.StopSignal;
import dev.drey.job.run.StoppedException;
import dev.drey.job.run.TrainingRun;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads and checks a specification, trains, and prints the result. */
@Command(
    name = "train",
    description = {
      "Trains a network.",
      "",
      "Reads the run specification SPEC, a YAML file, and checks all of it before anything starts:"
          + " mistakes are listed, each with its key. Then it starts Flink in this process, prints"
          + " the address of its web UI, trains, and leaves the model in the run's directory:"
          + " model.onnx, weights.npz, optimizer.npz, spec.yaml, curve.csv, summary.json,"
          + " drey.log.",
      "",
      "Ctrl-C stops after the step at hand, with the model saved; a second Ctrl-C ends at once.",
      "",
      "A run that ended without its model (a second Ctrl-C, kill -9, a failure) goes on with"
          + " --resume and its directory, from its newest checkpoint, and ends in the same bits as"
          + " if nothing had been. A damaged checkpoint is passed over for an older one. With"
          + " --resume and a checkpoint or savepoint, a new run starts from there. Resume only what"
          + " you trust: state is deserialized. Keys that the saved state depends on must be as they were: network, data,"
          + " mini-batch, seed, staleness, clip-norm, kind of optimizer, workers.count,"
          + " aggregation.structure.",
      ""
    })
final class TrainCommand implements Callable<Integer> {

  @Parameters(paramLabel = "SPEC", description = "the run specification")
  private @Nullable Path specificationFile;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "the run's directory (default: output.directory, else runs/<name>-<time> here)")
  private @Nullable Path out;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description =
          "goes on with the run of this directory, or from this checkpoint's or savepoint's"
              + " directory")
  private @Nullable String resumed;

  @Mixin private SetOption overrides = new SetOption();

  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      description =
          "an option of Flink's, as -D rest.port=8082; a secret as '{env: NAME}' or '{file: PATH}'")
  private Map<String, String> flinkOptions = new LinkedHashMap<>();

  private final TrainingRun training;
  private final Shell shell;

  TrainCommand(TrainingRun training, Shell shell) {
    this.training = training;
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    Path file = Objects.requireNonNull(specificationFile);
    try (OpenRun open = open(file)) {
      RunLog.writeTo(open.directory().log());
      open.directory().writeSpecification(open.run().specification(), open.run().input());
      DataIdentity.of(open.run().input()).write(open.directory().path());
      return train(file, open.run(), open.directory());
    } catch (SpecificationException e) {
      print(file, e);
      return ExitCode.USAGE;
    }
  }

  private OpenRun open(Path file) throws SpecificationException, IOException {
    RunSpecification specification =
        RunSpecification.read(shell.directory().resolve(file), overrides.values());
    Map<String, String> options = FlinkOptions.resolve(flinkOptions, shell.directory());
    FileSystems.open(options);
    Optional<Resumable> from =
        resumed == null ? Optional.empty() : Optional.of(resumable(resumed, specification));
    return OpenRun.of(
        specification,
        Optional.ofNullable(out),
        from,
        options,
        ProfilePlanner.here(options),
        shell);
  }

  private Resumable resumable(String text, RunSpecification specification)
      throws SpecificationException, IOException {
    Path path = path(text);
    return Resumable.at(path, CheckpointIndex.of(path, specification, flinkOptions).roots());
  }

  /** The path of a checkpoint, which Flink names by a URI. */
  private Path path(String text) {
    Path path = text.startsWith("file:") ? Path.of(URI.create(text).getPath()) : Path.of(text);
    return shell.directory().resolve(path).normalize();
  }

  private int train(Path file, PreparedRun run, ModelDirectory directory) throws IOException {
    ProgressLine line = new ProgressLine(shell.out(), shell.live(), shell.nanoTime());
    StopSignal stop = new StopSignal();
    Interrupts interrupts =
        new Interrupts(
            () -> {
              line.say("stopping after this step, to save the model (again: at once)");
              stop.request();
            },
            () -> Runtime.getRuntime().halt(ExitCode.INTERRUPTED));
    try (interrupts) {
      Outcome outcome = training.run(run, line, stop);
      line.say(
          LastLine.of(outcome, run.specification().workers().runtime(), shown(directory.path())));
      return outcome.ending() == Outcome.Ending.INTERRUPTED ? ExitCode.INTERRUPTED : ExitCode.DONE;
    } catch (StoppedException e) {
      line.say("stopped after " + e.step() + " steps, with a savepoint in " + e.savepoint());
      sayHowToGoOn(shell.out(), file, e.savepoint() + " --out " + shown(directory.path()));
      return ExitCode.STOPPED;
    } catch (RunFailedException e) {
      line.end();
      shell.err().println("drey: the run failed: " + e.getMessage());
      shell.err().println("drey: more in " + shown(directory.log()));
      if (canGoOn(run)) {
        sayHowToGoOn(shell.err(), file, shown(directory.path()).toString());
      }
      return ExitCode.FAILED;
    }
  }

  private static boolean canGoOn(PreparedRun run) throws IOException {
    return CheckpointIndex.of(run.directory(), run.specification(), run.flinkOptions())
        .newest()
        .isPresent();
  }

  private static void sayHowToGoOn(PrintStream stream, Path file, String from) {
    stream.println("drey: to go on: drey train " + file + " --resume " + from);
  }

  private void print(Path file, SpecificationException e) {
    int count = e.faults().size();
    shell.err().println("drey: " + file + " has " + (count == 1 ? "a fault" : count + " faults"));
    for (Fault fault : e.faults()) {
      shell.err().println("  " + fault);
    }
  }

  /** Relative to the working directory, if it is below it. */
  private Path shown(Path path) {
    return path.startsWith(shell.directory()) ? shell.directory().relativize(path) : path;
  }
}
