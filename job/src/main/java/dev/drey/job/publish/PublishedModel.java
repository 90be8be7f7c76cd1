package dev.drey.job.publish;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.core.stream.Intake;
import dev.drey.operators.publish.Candidate;
import java.io.IOException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The files of a published version. */
public final class PublishedModel {

  static final String WEIGHTS = "weights.npz";
  static final String ONNX = "model.onnx";
  static final String ACCOUNT = "account.json";

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
    json.put("prequentialLoss", candidate.account().loss());
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
          partition.put("learnt", Base64.getEncoder().encodeToString(reach.learnt()));
        });
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
  }
}
