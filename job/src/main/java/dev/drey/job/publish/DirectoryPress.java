package dev.drey.job.publish;

import dev.drey.job.model.Fingerprint;
import dev.drey.job.model.OnnxFile;
import dev.drey.job.model.WeightsFile;
import dev.drey.job.onnx.OnnxModel;
import dev.drey.operators.publish.Candidate;
import dev.drey.operators.publish.Press;
import dev.drey.operators.publish.Publication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.flink.util.FileUtils;

/**
 * A directory with a directory per version: weights, ONNX if it fits, and what it was trained on.
 * They are written under a name that begins with a dot, and moved whole.
 *
 * @param directory that they go to; made if missing
 * @param run its name
 * @param model whose parameters they are
 */
public record DirectoryPress(String directory, String run, OnnxModel model) implements Press {

  private static final long serialVersionUID = 1L;

  @Override
  public Publication publish(Candidate candidate) throws IOException {
    Path all = Path.of(directory);
    Path place = all.resolve(PublishedModel.name(candidate.version()));
    String sha256 = Fingerprint.of(candidate.weights());
    if (!Files.exists(place)) {
      Path partial = all.resolve("." + place.getFileName() + ".partial");
      FileUtils.deleteDirectory(partial.toFile());
      Files.createDirectories(partial);
      write(candidate, sha256, partial);
      Files.move(partial, place, StandardCopyOption.ATOMIC_MOVE);
    }
    return new Publication(
        candidate.version(),
        candidate.account().examples(),
        candidate.account().loss(),
        place.toString(),
        sha256);
  }

  private void write(Candidate candidate, String sha256, Path to) throws IOException {
    WeightsFile.write(to.resolve(PublishedModel.WEIGHTS), model.network(), candidate.weights());
    if (model.fits()) {
      OnnxFile.write(to.resolve(PublishedModel.ONNX), model, candidate.weights());
    }
    Files.write(to.resolve(PublishedModel.ACCOUNT), PublishedModel.account(run, candidate, sha256));
  }
}
