package dev.drey.job.model;

import dev.drey.core.data.Normalization;
import dev.drey.core.network.NetworkSpec;
import dev.drey.job.onnx.OnnxModel;
import dev.drey.job.prepare.PreparedInput;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The directory with the files of a run.
 *
 * @param path of the directory
 */
public record ModelDirectory(Path path) {

  /** The parameters, one array per tensor. */
  public Path weights() {
    return path.resolve("weights.npz");
  }

  /** The optimizer's moments, if it has any: one array per moment and tensor. */
  public Path optimizer() {
    return path.resolve("optimizer.npz");
  }

  /** The model for other programs; absent if it exceeds the size limit of an ONNX file. */
  public Path onnx() {
    return path.resolve("model.onnx");
  }

  /** The specification of this run with all defaults; it can be read again. */
  public Path specification() {
    return path.resolve("spec.yaml");
  }

  /** The learning curve. */
  public Path curve() {
    return path.resolve("curve.csv");
  }

  /** The evaluations on held-out examples, after each epoch. */
  public Path evaluations() {
    return path.resolve("evaluations.csv");
  }

  /** The drifts that were found; exists if the run looks for drifts. */
  public Path drifts() {
    return path.resolve("drift.csv");
  }

  /** The lag of each partition over time; exists if the run trains on a stream. */
  public Path lag() {
    return path.resolve("lag.csv");
  }

  /** The published versions; exists if the run publishes. */
  public Path publications() {
    return path.resolve("publications.csv");
  }

  /** The default directory of published versions. */
  public Path published() {
    return path.resolve("published");
  }

  /** The result of the run. */
  public Path summary() {
    return path.resolve("summary.json");
  }

  /**
   * The progress that the run ended with; exists from the saving of the model to the end of the
   * run.
   */
  public Path lastProgress() {
    return path.resolve("last-progress.bin");
  }

  /** Whether the model is saved, but what follows it is not complete: the program was killed. */
  public boolean isEnding() {
    return Files.exists(weights()) && Files.exists(lastProgress());
  }

  /** Deletes a model whose run continues, as it would look like the result. */
  public void deleteModel() throws IOException {
    Durable.delete(weights()); // first: without it, the other files mean nothing
    Durable.delete(lastProgress());
    Durable.delete(summary());
  }

  /** Mini-batches, or parts of them, that cannot be computed; absent if there are none. */
  public Path deadLetters() {
    return path.resolve("dead-letters/mini-batches.jsonl");
  }

  /** Records of a stream that could not become examples. */
  public Path rejectedRecords() {
    return path.resolve("dead-letters/records.jsonl");
  }

  /** Where sentences are that the user should know. */
  public List<RunNotes> notes() {
    return List.of(RunNotes.beside(curve()), RunNotes.beside(deadLetters()));
  }

  /** The log of the program. */
  public Path log() {
    return path.resolve("drey.log");
  }

  /** Writes the specification of this run, completed with values computed from the data. */
  public void writeSpecification(RunSpecification specification, PreparedInput data)
      throws IOException {
    AtomicFile.write(
        specification(), data.resolved(specification).toYaml().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A trained model.
   *
   * @param parameters of the network, owned by this record
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Model(
      RunSpecification specification,
      NetworkSpec network,
      Normalization normalization,
      float[] parameters) {

    /** The model in ONNX, for other programs. */
    public OnnxModel onnx() {
      return new OnnxModel(specification.name(), network, normalization);
    }
  }

  /**
   * Reads the model.
   *
   * @throws SpecificationException if spec.yaml is missing or wrong
   * @throws IOException if weights.npz is missing, damaged, or not of the specification's network
   */
  public Model read() throws SpecificationException, IOException {
    RunSpecification specification = RunSpecification.readBack(specification());
    List<Integer> input = specification.network().input().orElse(List.of());
    if (input.isEmpty()) {
      throw new SpecificationException(
          List.of(
              Fault.of(
                  "network.input",
                  "is missing; the specification of a trained model must have it")));
    }
    NetworkSpec network = specification.network().bind(input);
    return new Model(
        specification, network, normalization(specification), WeightsFile.read(weights(), network));
  }

  private static Normalization normalization(RunSpecification specification)
      throws SpecificationException {
    if (specification.stream().isPresent()) {
      return Normalization.NONE; // the encoder of the stream scales examples
    }
    return specification
        .dataSet()
        .normalization()
        .given()
        .orElseThrow(
            () ->
                new SpecificationException(
                    List.of(
                        Fault.of(
                            "data.normalization",
                            "is standard; the specification of a trained model must have numbers"))));
  }
}
