package dev.drey.job.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.stream.Intake;
import dev.drey.job.model.WeightsFile;
import dev.drey.operators.publish.Candidate;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.Path;

/**
 * A published version, read back from its directory.
 *
 * @param weights the flat vector, owned by this record
 * @param learnt statistics of the encoders, by partition
 * @param offsets of the first record that it was not trained on, by partition
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PublishedModel(
    float[] weights, Map<String, byte[]> learnt, Map<String, Long> offsets) {

  /** Names of the files of a version. */
  static final String WEIGHTS = "weights.npz";

  static final String ACCOUNT = "account.json";

  /** The files that {@link #read} opens. */
  public static final List<String> READ = List.of(ACCOUNT, WEIGHTS);

  static final String ONNX = "model.onnx";
  static final String FEATURES = "features.json";

  /** JSON key of the statistics of a partition's encoder, in base64. */
  static final String LEARNT = "learnt";

  private static final int MOST_ACCOUNT_BYTES = 64 << 20;

  /** Upper limit of an archive's overhead per tensor: names and headers. */
  private static final long TENSOR_BYTES = 4096;

  private static final Pattern VERSION_NAME = Pattern.compile("version-\\d{12,19}");

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The name of a version's directory. Names sort in the order of the versions. */
  static String name(long version) {
    return String.format(Locale.ROOT, "version-%012d", version);
  }

  /** Whether a directory of this name holds a version. */
  static boolean isName(String name) {
    return VERSION_NAME.matcher(name).matches();
  }

  /** What the version was trained on, as JSON. Equal versions give equal bytes. */
  static byte[] account(PublishingRun run, Candidate candidate, String sha256) throws IOException {
    ObjectNode json = MAPPER.createObjectNode();
    json.put(PublishingRun.NAME, run.name());
    json.put(PublishingRun.ID, run.id());
    json.put("version", candidate.version());
    json.put("examples", candidate.account().examples());
    double loss = candidate.account().loss();
    json.put("prequentialLoss", Double.isFinite(loss) ? loss : null);
    json.put("weightsSha256", sha256);
    ObjectNode partitions = json.putObject("partitions");
    Map<String, Intake.PartitionIntake> read =
        new TreeMap<>(candidate.account().intake().partitions());
    read.forEach(
        (name, reach) -> {
          ObjectNode partition = partitions.putObject(name);
          partition.put("nextOffset", reach.nextOffset());
          partition.put("trained", reach.trained());
          partition.put("heldOut", reach.heldOut());
          partition.put("rejected", reach.rejected());
          partition.put("lost", reach.lost());
          partition.put(LEARNT, Base64.getEncoder().encodeToString(reach.learnt()));
        });
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
  }

  /**
   * Reads the account of a version.
   *
   * @param place the version's directory
   * @throws IOException if it is missing, damaged, or exceeds the size limit; the message names the
   *     file
   */
  static ObjectNode readAccount(Path place) throws IOException {
    Path file = new Path(place, ACCOUNT);
    byte[] bytes;
    try (InputStream in = file.getFileSystem().open(file)) {
      bytes = in.readNBytes(MOST_ACCOUNT_BYTES + 1);
    }
    if (bytes.length > MOST_ACCOUNT_BYTES) {
      throw new IOException(file + " has more than " + MOST_ACCOUNT_BYTES + " bytes, the limit");
    }
    try {
      if (MAPPER.readTree(bytes) instanceof ObjectNode account) {
        return account;
      }
    } catch (JsonProcessingException e) {
      throw new DamagedAccountException(file + " is damaged: " + e.getOriginalMessage(), e);
    }
    throw new DamagedAccountException(file + " is damaged: it is not a JSON object", null);
  }

  /**
   * Reads a version of a stream.
   *
   * @param place URI of its directory
   * @param network expected network
   * @throws IOException if it is missing, damaged, or belongs to another network
   */
  public static PublishedModel read(String place, NetworkSpec network) throws IOException {
    Path directory = new Path(place);
    Map<String, byte[]> learnt = new TreeMap<>();
    Map<String, Long> offsets = new TreeMap<>();
    JsonNode partitions = readAccount(directory).path("partitions");
    for (Map.Entry<String, JsonNode> entry : partitions.properties()) {
      try {
        learnt.put(entry.getKey(), learnt(entry.getValue()));
        offsets.put(entry.getKey(), nextOffset(entry.getValue()));
      } catch (IllegalArgumentException e) {
        throw new DamagedAccountException(
            "%s: %s is damaged: partition %s: %s"
                .formatted(place, ACCOUNT, entry.getKey(), e.getMessage()),
            e);
      }
    }
    return new PublishedModel(readWeights(directory, network), learnt, offsets);
  }

  private static byte[] learnt(JsonNode partition) {
    String base64 = partition.required(LEARNT).textValue();
    if (base64 == null) {
      throw new IllegalArgumentException(LEARNT + " must be a text");
    }
    return Base64.getDecoder().decode(base64);
  }

  private static long nextOffset(JsonNode partition) {
    JsonNode offset = partition.required("nextOffset");
    if (!offset.canConvertToExactIntegral() || !offset.canConvertToLong() || offset.asLong() < 0) {
      throw new IllegalArgumentException("nextOffset is " + offset + ", must be a number from 0");
    }
    return offset.longValue();
  }

  /** Copies the archive to a local file first, since reading it needs random access. */
  private static float[] readWeights(Path directory, NetworkSpec network) throws IOException {
    Path file = new Path(directory, WEIGHTS);
    long most =
        (long) network.parameterCount() * Float.BYTES + TENSOR_BYTES * network.tensors().size();
    java.nio.file.Path copy = Files.createTempFile("drey-", "-" + WEIGHTS);
    try (InputStream in = file.getFileSystem().open(file)) {
      copy(in, copy, most);
      return WeightsFile.read(copy, network);
    } finally {
      Files.delete(copy);
    }
  }

  private static void copy(InputStream in, java.nio.file.Path to, long most) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long copied = 0;
    try (OutputStream out = Files.newOutputStream(to)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        copied += read;
        if (copied > most) {
          throw new IOException(
              "weights have more than " + most + " bytes, the most for the network");
        }
        out.write(buffer, 0, read);
      }
    }
  }
}
