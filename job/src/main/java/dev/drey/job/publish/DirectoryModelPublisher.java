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
import java.util.Optional;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes each version as a directory: weights, ONNX if it fits, and what it was trained on. An
 * existing directory of the same version is left if it is equal, else replaced: an asynchronous run
 * continued differently after a failure. A version of another run is never replaced.
 *
 * @param directory parent directory, a URI of one of Flink's file systems; created if missing
 * @param run that publishes
 * @param model network and normalization
 * @param encoding of the records of a stream, so that the ONNX model takes unscaled numbers; null
 *     for a data set, or if a class of the user makes the examples
 */
public record DirectoryModelPublisher(
    String directory, PublishingRun run, OnnxModel model, @Nullable ExampleEncoding encoding)
    implements ModelPublisher {

  private static final long serialVersionUID = 3L;

  @Override
  public Publication publish(Candidate candidate) throws IOException {
    Path place = new Path(new Path(directory), PublishedModel.name(candidate.version()));
    Optional<String> other = run.other(place);
    if (other.isPresent()) {
      throw new SuppressRestartsException(
          new IOException(other.get() + ", and does not replace versions of another run"));
    }
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
