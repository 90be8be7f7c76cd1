package dev.drey.job.cli;

import dev.drey.job.cli.shell.ExitCode;
import dev.drey.job.cli.shell.Shell;
import dev.drey.job.model.ModelDirectory;
import dev.drey.job.model.OnnxFile;
import dev.drey.job.specification.key.SpecificationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a trained model in a format that other programs serve. */
@Command(
    name = "export",
    description = {
      "Writes a trained model as an ONNX file.",
      "",
      "Reads the model of a run's directory DIR. The file's input is `features`, [batch, ...the"
          + " network's input], as the data have them: the run's normalization is part of the model."
          + " Its output is `outputs`, [batch, outputs], as drey predict prints them; the file's"
          + " metadata say what they are. A run that ends by itself leaves the same file as"
          + " model.onnx.",
      ""
    })
final class ExportCommand implements Callable<Integer> {

  @Parameters(paramLabel = "DIR", description = "the directory of a run")
  private @Nullable Path model;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "where the model goes (default: model.onnx in DIR)")
  private @Nullable Path out;

  private final Shell shell;

  ExportCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    try {
      ModelDirectory directory = new ModelDirectory(resolved(Objects.requireNonNull(model)));
      ModelDirectory.Model read = directory.read();
      Path file = out == null ? directory.onnx() : resolved(out);
      OnnxFile.write(file, read.onnx(), read.parameters());
      shell.out().println(file);
      return ExitCode.DONE;
    } catch (SpecificationException e) {
      shell.complain(e);
      return ExitCode.USAGE;
    } catch (IOException | IllegalArgumentException e) {
      shell.err().println("drey: " + e.getMessage());
      return ExitCode.USAGE;
    }
  }

  private Path resolved(Path path) {
    return shell.directory().resolve(path).normalize();
  }
}
