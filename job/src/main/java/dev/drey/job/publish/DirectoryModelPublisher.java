package dev.drey.job.publish;

import dev.drey.core.feature.ColumnScaling;
import dev.drey.core.feature.ExampleEncoding;
import dev.drey.core.stream.Intake;
import dev.drey.job.model.Fingerprint;
import dev.drey.job.model.WeightsFile;
import dev.drey.job.onnx.OnnxModel;
import dev.drey.operators.publish.Candidate;
import dev.drey.operators.publish.ModelPublisher;
import dev.drey.operators.publish.Publication;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Publishes each version as a directory: weights, ONNX if it fits, and what it was trained on. An
 * existing directory of the same version is left if it is equal, else replaced: another run wrote
 * it, or an asynchronous run continued differently after a failure.
 *
 * @param directory parent directory, a URI of one of Flink's file systems; created if missing
 * @param run name of the run
 * @param model network and normalization
 * @param encoding of the records of a stream, so that the ONNX model takes unscaled numbers; null
 *     for a data set, or if a class of the user makes the examples
 */
public record DirectoryModelPublisher(
    String directory, String run, OnnxModel model, @Nullable ExampleEncoding encoding)
    implements ModelPublisher {

  private static final long serialVersionUID = 2L;

  @Override
  public Publication publish(Candidate candidate) throws IOException {
    Path place = new Path(new Path(directory), PublishedModel.name(candidate.version()));
    String sha256 = Fingerprint.of(candidate.weights());
    new VersionDirectory(place)
        .write(PublishedModel.account(run, candidate, sha256), files -> write(candidate, files));
    return new Publication(
        candidate.version(),
        candidate.account().examples(),
        candidate.account().loss(),
        place.toString(),
        sha256);
  }

  private void write(Candidate candidate, VersionDirectory.Writer files) throws IOException {
    files.write(
        PublishedModel.WEIGHTS,
        out -> WeightsFile.write(out, model.network(), candidate.weights()));
    OnnxModel served = model;
    if (encoding != null) {
      List<ColumnScaling> columns = encoding.scaling(learnt(candidate));
      byte[] features = FeaturesFile.of(encoding, columns);
      files.write(PublishedModel.FEATURES, out -> out.write(features));
      served = model.with(RecordScaling.of(encoding, columns));
    }
    if (model.fits()) {
      OnnxModel whole = served;
      files.write(PublishedModel.ONNX, out -> whole.write(out, candidate.weights()));
    }
  }

  private static List<byte[]> learnt(Candidate candidate) {
    return candidate.account().intake().partitions().values().stream()
        .map(Intake.PartitionIntake::learnt)
        .toList();
  }
}
