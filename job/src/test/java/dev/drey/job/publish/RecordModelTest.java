package dev.drey.job.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.core.data.Normalization;
import dev.drey.core.feature.ArrayFeature;
import dev.drey.core.feature.CategoryEncoding;
import dev.drey.core.feature.CategoryFeature;
import dev.drey.core.feature.ExampleEncoding;
import dev.drey.core.feature.Feature;
import dev.drey.core.feature.HoldOut;
import dev.drey.core.feature.Label;
import dev.drey.core.feature.Missing;
import dev.drey.core.feature.NumberFeature;
import dev.drey.core.feature.Scaling;
import dev.drey.core.feature.TimeFeature;
import dev.drey.core.feature.Vocabulary;
import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Initializer;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.record.FieldPath;
import dev.drey.core.record.JsonFormat;
import dev.drey.core.record.RecordLimits;
import dev.drey.core.stream.Encoder;
import dev.drey.core.stream.Intake;
import dev.drey.core.stream.Position;
import dev.drey.core.stream.RawRecord;
import dev.drey.job.onnx.Examples;
import dev.drey.job.onnx.OnnxModel;
import dev.drey.job.onnx.ServedModel;
import dev.drey.operators.publish.Candidate;
import dev.drey.operators.server.VersionShard;
import dev.drey.worker.network.Network;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A published model of a stream, as used by other programs. */
class RecordModelTest {

  private static final double ANY = Double.POSITIVE_INFINITY;

  private static final ExampleEncoding ENCODING =
      new ExampleEncoding(
          new JsonFormat(),
          List.<Feature>of(
              new NumberFeature(
                  List.of(new FieldPath("distance"), new FieldPath("speed")),
                  new Scaling.Standard(),
                  1.5,
                  new Missing.Mean()),
              new ArrayFeature(
                  new FieldPath("wind"),
                  2,
                  new Scaling.MinMax(2, 10),
                  ANY,
                  new Missing.Indicator()),
              new CategoryFeature(
                  List.of(new FieldPath("origin")),
                  new CategoryEncoding.OneHot(new Vocabulary(List.of("SEA", "SFO"))),
                  CategoryFeature.MissingWord.OTHER),
              new TimeFeature(new FieldPath("at"), List.of(TimeFeature.Part.HOUR))),
          new Label.Above(new FieldPath("delay"), 15),
          2,
          HoldOut.NONE,
          RecordLimits.ofBytes(1000));

  private static final NetworkSpec NETWORK =
      new NetworkSpec(
          List.of(ENCODING.features()),
          List.of(new Dense(2, Activation.LINEAR, Initializer.GLOROT_UNIFORM)),
          new Loss.SoftmaxCrossEntropy());

  @TempDir private Path directory;
  private final Map<String, Intake.PartitionIntake> partitions = new HashMap<>();
  private Path place;
  private float[] weights;

  @BeforeEach
  void publish() throws Exception {
    Random random = new Random(1);
    for (int partition = 0; partition < 2; partition++) {
      Encoder encoder = ENCODING.open(null);
      for (int i = 0; i < 100; i++) {
        encoder.encode(record(1000 * partition + random.nextInt(1000), "5", "[3, 4]"));
      }
      partitions.put(
          "a-" + partition, new Intake.PartitionIntake(100, 100, 0, 0, encoder.learnt()));
    }
    weights = NETWORK.initialParameters(3);
    new DirectoryModelPublisher(
            directory.toUri().toString(),
            Candidates.RUN,
            new OnnxModel("a-run", NETWORK, Normalization.NONE),
            ENCODING)
        .publish(
            new Candidate(
                7, weights, new VersionShard.Account(200, new Intake(partitions, null), 0.5)));
    place = directory.resolve("version-000000000007");
  }

  private static RawRecord record(double distance, String speed, String wind) {
    String json =
        "{\"distance\": %s, \"speed\": %s, \"wind\": %s, \"origin\": \"SFO\", \"at\": 0, \"delay\": 1}"
            .formatted(distance, speed, wind);
    return new RawRecord(new Position("a-0", 0), 0, null, json.getBytes(StandardCharsets.UTF_8));
  }

  private float[] ours(RawRecord record) throws Exception {
    Encoder frozen =
        ENCODING.frozen(partitions.values().stream().map(Intake.PartitionIntake::learnt).toList());
    try (Network network = Network.compile(NETWORK)) {
      network.parameters().asFloatBuffer().put(weights);
      float[] outputs = new float[2];
      network.predict(new Examples(1, frozen.encode(record).features()), outputs);
      return outputs;
    }
  }

  @Test
  void theModelTakesNumbersAsTheyAreInTheRecord() throws Exception {
    float nan = Float.NaN;
    try (ServedModel served = new ServedModel(Files.readAllBytes(place.resolve("model.onnx")))) {
      Offset<Float> tolerance = Offset.offset(1e-4f); // of floats in place of doubles
      assertThat(served.outputs(1, new float[] {900, 5, 3, 4, 0, 0, 1, 0, 0, 1})[0])
          .containsExactly(ours(record(900, "5", "[3, 4]")), tolerance);
      assertThat(served.outputs(1, new float[] {9000, 5, 3, 4, 0, 0, 1, 0, 0, 1})[0])
          .as("clipped")
          .containsExactly(ours(record(9000, "5", "[3, 4]")), tolerance);
      assertThat(served.outputs(1, new float[] {900, nan, nan, nan, 1, 0, 1, 0, 0, 1})[0])
          .as("missing")
          .containsExactly(ours(record(900, "null", "null")), tolerance);
    }
  }

  @Test
  void aFileSaysHowFieldsBecomeColumns() throws Exception {
    JsonNode file = new ObjectMapper().readTree(place.resolve("features.json").toFile());

    assertThat(file.get("columns").intValue()).isEqualTo(10);
    assertThat(file.get("features"))
        .extracting(
            f ->
                f.get("field").textValue()
                    + " "
                    + f.get("kind").textValue()
                    + " "
                    + f.get("column"))
        .containsExactly(
            "distance number 0",
            "speed number 1",
            "wind array 2",
            "wind is-missing 4",
            "origin category 5",
            "at time 8");
    assertThat(file.at("/features/0/mean/0").doubleValue()).isBetween(900.0, 1100.0);
    assertThat(file.at("/features/0/clip").doubleValue()).isEqualTo(1.5);
    assertThat(file.at("/features/0/missing").textValue()).isEqualTo("NaN");
    assertThat(file.at("/features/2/deviation").toString()).isEqualTo("[8.0,8.0]");
    assertThat(file.at("/features/4/vocabulary").toString()).isEqualTo("[\"SEA\",\"SFO\"]");
    assertThat(file.at("/features/5/parts").toString()).isEqualTo("[\"hour\"]");
  }
}
