package dev.drey.job.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.core.stream.Intake;
import dev.drey.operators.publish.Candidate;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.fs.Path;

/** The files of a published version. */
public final class PublishedModel {

  static final String WEIGHTS = "weights.npz";
  static final String ONNX = "model.onnx";
  static final String ACCOUNT = "account.json";

  /** What the partition's encoder has learnt, in base64. */
  static final String LEARNT = "learnt";

  private static final int MOST_ACCOUNT_BYTES = 64 << 20;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private PublishedModel() {}

  /** The name of a version's directory: names are in the order of the versions. */
  static String name(long version) {
    return String.format(Locale.ROOT, "version-%012d", version);
  }

  /** What the version was trained on, as JSON; the same version gives the same bytes. */
  static byte[] account(String run, Candidate candidate, String sha256) throws IOException {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("run", run);
    json.put("version", candidate.version());
    json.put("examples", candidate.account().examples());
    double loss = candidate.account().loss();
    json.put("prequentialLoss", Double.isFinite(loss) ? loss : null);
    json.put("weightsSha256", sha256);
    ObjectNode partitions = json.putObject("partitions");
    Map<String, Intake.Reach> read = new TreeMap<>(candidate.account().intake().partitions());
    read.forEach(
        (name, reach) -> {
          ObjectNode partition = partitions.putObject(name);
          partition.put("nextOffset", reach.nextOffset());
          partition.put("trained", reach.trained());
          partition.put("heldOut", reach.heldOut());
          partition.put("rejected", reach.rejected());
          partition.put(LEARNT, Base64.getEncoder().encodeToString(reach.learnt()));
        });
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
  }

  /**
   * Reads the account of a version.
   *
   * @param place the version's directory
   * @throws IOException if it is not there, damaged, or larger than any can be; the message names
   *     it
   */
  static ObjectNode readAccount(Path place) throws IOException {
    Path file = new Path(place, ACCOUNT);
    byte[] bytes;
    try (InputStream in = file.getFileSystem().open(file)) {
      bytes = in.readNBytes(MOST_ACCOUNT_BYTES + 1);
    }
    if (bytes.length > MOST_ACCOUNT_BYTES) {
      throw new IOException(file + " has more than " + MOST_ACCOUNT_BYTES + " bytes");
    }
    try {
      if (MAPPER.readTree(bytes) instanceof ObjectNode account) {
        return account;
      }
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is damaged: " + e.getOriginalMessage(), e);
    }
    throw new IOException(file + " is damaged: it is no JSON object");
  }
}
