package dev.drey.job.model;

import dev.drey.core.data.Normalization;
import dev.drey.core.network.NetworkSpec;
import dev.drey.job.onnx.OnnxModel;
import dev.drey.job.spec.PreparedInput;
import dev.drey.job.spec.RunSpecification;
import dev.drey.job.spec.key.Fault;
import dev.drey.job.spec.key.SpecificationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a run leaves its files.
 *
 * @param path of the directory
 */
public record ModelDirectory(Path path) {

  /** The parameters, an array per tensor. */
  public Path weights() {
    return path.resolve("weights.npz");
  }

  /** The optimiser's moments, if it has any: an array per moment and tensor. */
  public Path optimizer() {
    return path.resolve("optimizer.npz");
  }

  /** The model as other programs serve it; absent if it is larger than an ONNX file can be. */
  public Path onnx() {
    return path.resolve("model.onnx");
  }

  /** The specification as run, which parses again. */
  public Path specification() {
    return path.resolve("spec.yaml");
  }

  /** The learning curve. */
  public Path curve() {
    return path.resolve("curve.csv");
  }

  /** The evaluations: the held-out examples after each epoch. */
  public Path evaluations() {
    return path.resolve("evaluations.csv");
  }

  /** The drifts that were found; there if the run looks for them. */
  public Path drifts() {
    return path.resolve("drift.csv");
  }

  /** The versions that were published on the way; there if the run does. */
  public Path publications() {
    return path.resolve("publications.csv");
  }

  /** Where they go, if nothing else is said. */
  public Path published() {
    return path.resolve("published");
  }

  /** What came of the run. */
  public Path summary() {
    return path.resolve("summary.json");
  }

  /** Mini-batches, or parts of them, that cannot be computed; absent if there are none. */
  public Path deadLetters() {
    return path.resolve("dead-letters/mini-batches.jsonl");
  }

  /** Records of a stream that no example could be made of. */
  public Path rejectedRecords() {
    return path.resolve("dead-letters/records.jsonl");
  }

  /** Everything the program logged. */
  public Path log() {
    return path.resolve("drey.log");
  }

  /** Writes the specification as run, with what was learnt from the data. */
  public void writeSpecification(RunSpecification specification, PreparedInput data)
      throws IOException {
    WholeFile.write(
        specification(), specification.resolved(data).toYaml().getBytes(StandardCharsets.UTF_8));
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

    /** For other programs. */
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
          List.of(Fault.of("network.input", "is missing, a trained model's specification has it")));
    }
    NetworkSpec network = specification.network().bind(input);
    return new Model(
        specification, network, normalization(specification), WeightsFile.read(weights(), network));
  }

  private static Normalization normalization(RunSpecification specification)
      throws SpecificationException {
    if (specification.stream().isPresent()) {
      return Normalization.NONE; // examples are scaled as they are made
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
                            "is standard, a trained model's specification has numbers"))));
  }
}
