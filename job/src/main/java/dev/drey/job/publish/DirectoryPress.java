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
 * A directory with a directory per version: weights, ONNX if it fits, and what it was trained on.
 * One that is there already is left as it is if it is the same, else replaced: another run wrote
 * it, or this one before a failure and, being asynchronous, went another way since.
 *
 * @param directory that they go to, a URI of one of Flink's file systems; made if missing
 * @param run its name
 * @param model whose parameters they are
 * @param encoding of the records that it is trained on, so that the model takes their numbers as
 *     they are; null of a data set, or if a class of the user's makes examples
 */
public record DirectoryPress(
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
