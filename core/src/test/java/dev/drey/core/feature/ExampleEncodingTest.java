package dev.drey.core.feature;

import static dev.drey.core.feature.Records.category;
import static dev.drey.core.feature.Records.field;
import static dev.drey.core.feature.Records.json;
import static dev.drey.core.feature.Records.label;
import static dev.drey.core.feature.Records.number;
import static dev.drey.core.feature.Records.standard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.drey.core.stream.Encoder;
import dev.drey.core.stream.Example;
import dev.drey.core.stream.Position;
import dev.drey.core.stream.RawRecord;
import dev.drey.core.stream.RejectedRecordException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExampleEncodingTest {

  @Test
  void aRecordBecomesAnExample() throws RejectedRecordException {
    ExampleEncoding encoding =
        json(
            new Label.Above(field("arrival.delay"), 15),
            2,
            HoldOut.NONE,
            number("distance"),
            category("origin", "SEA", "SFO"),
            new ArrayFeature(
                field("weather.wind"),
                2,
                new Scaling.MinMax(0, 10),
                Double.POSITIVE_INFINITY,
                new Missing.Indicator()));

    Example example =
        encoding
            .open(null)
            .encode(
                Records.of(
                    """
                    {"distance": 680, "origin": "SFO", "weather": {"wind": [5, "3"]},
                     "arrival": {"delay": 16}}
                    """
                        .replace("\"3\"", "3")));

    assertThat(example.features()).containsExactly(680, 0, 1, 0, 0.5f, 0.3f, 0);
    assertThat(example.labels()).containsExactly(1);
    assertThat(example.heldOut()).isFalse();
    assertThat(encoding.features()).isEqualTo(7);
    assertThat(encoding.labels()).isEqualTo(1);
  }

  @Test
  void aNumberIsScaledByWhatCameBeforeAndWithIt() throws RejectedRecordException {
    Encoder encoder = json(label("y"), standard("x")).open(null);
    List<Float> scaled = new ArrayList<>();
    for (int x : new int[] {2, 4, 9}) {
      scaled.add(encoder.encode(Records.of("{\"x\": " + x + ", \"y\": 0}")).features()[0]);
    }

    // of 2; of 2, 4 (mean 3, deviation 1); of 2, 4, 9 (mean 5, variance 26/3)
    assertThat(scaled).containsExactly(0f, 1f, (float) (4 / Math.sqrt(26.0 / 3)));
  }

  @Test
  void whatWasLearntGoesOnInTheNextEncoderBitForBit() throws RejectedRecordException {
    ExampleEncoding encoding = json(label("y"), standard("x"), standard("z", new Missing.Mean()));
    Random random = new Random(1);
    Encoder whole = encoding.open(null);
    Encoder resumed = encoding.open(null);
    for (int i = 0; i < 100; i++) {
      String record =
          i % 7 == 0
              ? String.format(Locale.ROOT, "{\"x\": %s, \"y\": 1}", random.nextGaussian())
              : String.format(
                  Locale.ROOT,
                  "{\"x\": %s, \"y\": 1, \"z\": %s}",
                  random.nextGaussian(),
                  random.nextDouble());
      resumed = encoding.open(resumed.learnt());
      assertThat(resumed.encode(Records.of(record)).features())
          .isEqualTo(whole.encode(Records.of(record)).features());
    }
  }

  @Test
  void whatWasLearntOfSeveralPartitionsMergesToTheScalingOfAll() throws RejectedRecordException {
    ExampleEncoding encoding =
        json(label("y"), number("y", new Scaling.Fixed(3, 4), new Missing.Reject()), standard("x"));
    Random random = new Random(2);
    List<Double> values = new ArrayList<>();
    List<byte[]> learnt = new ArrayList<>();
    for (int partition = 0; partition < 3; partition++) {
      Encoder encoder = encoding.open(null);
      for (int i = 0; i < 50 * partition; i++) { // the first has none
        double x = 1000 + partition + random.nextGaussian();
        values.add(x);
        encoder.encode(Records.of("{\"x\": " + x + ", \"y\": 0}"));
      }
      learnt.add(encoder.learnt());
    }

    double mean = values.stream().mapToDouble(x -> x).average().orElseThrow();
    double variance =
        values.stream().mapToDouble(x -> (x - mean) * (x - mean)).average().orElseThrow();
    List<ColumnScaling> scaling = encoding.scaling(learnt);
    assertThat(scaling.get(0)).isEqualTo(new ColumnScaling(3, 4, Double.POSITIVE_INFINITY));
    assertThat(scaling.get(1).mean()).isCloseTo(mean, within(1e-9));
    assertThat(scaling.get(1).deviation()).isCloseTo(Math.sqrt(variance), within(1e-9));
    Encoder frozen = encoding.frozen(learnt);
    for (int again = 0; again < 2; again++) { // it learns nothing
      assertThat(frozen.encode(Records.of("{\"x\": 1003, \"y\": 11}")).features())
          .containsExactly(2, (float) ((1003 - mean) / Math.sqrt(variance)));
    }
  }

  @Test
  void whatWasLearntOfOtherFieldsIsRefused() throws RejectedRecordException {
    Encoder encoder = json(label("y"), standard("x")).open(null);
    encoder.encode(Records.of("{\"x\": 1, \"y\": 0}"));

    assertThatThrownBy(() -> json(label("y"), standard("z")).open(encoder.learnt()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("what was learnt is of other features: they must stay as they were");
    assertThatThrownBy(() -> json(label("y"), standard("x")).open(new byte[] {9, 0, 0, 0, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("what was learnt has 5 bytes of version 9, must be of version 1");
    assertThat(json(label("y"), number("x")).open(null).learnt()).isEmpty();
  }

  @Test
  void nothingIsLearntFromWhatIsRejected() throws RejectedRecordException {
    Encoder encoder = json(label("y"), 3, HoldOut.NONE, standard("x")).open(null);
    encoder.encode(Records.of("{\"x\": 1, \"y\": 0}"));
    byte[] before = encoder.learnt();

    assertThatThrownBy(() -> encoder.encode(Records.of("{\"x\": 500, \"y\": 3}")))
        .isInstanceOf(RejectedRecordException.class)
        .hasMessage("label is 3.0, must be a whole number from 0 to 2");
    assertThat(encoder.learnt()).isEqualTo(before);
  }

  @Test
  void nothingIsLearntFromWhatIsHeldOut() throws RejectedRecordException {
    Encoder encoder = json(label("y"), 0, new HoldOut(0.5, field("key")), standard("x")).open(null);
    int heldOut = 0;
    for (int i = 0; i < 1000; i++) {
      byte[] before = encoder.learnt();
      Example example =
          encoder.encode(Records.of("{\"x\": " + i + ", \"y\": 0, \"key\": \"k" + i % 100 + "\"}"));
      if (example.heldOut()) {
        heldOut++;
        assertThat(encoder.learnt()).isEqualTo(before);
      }
    }

    assertThat(heldOut).isBetween(350, 650);
    assertThat(heldOut % 10).isZero(); // each key is on one side, always
  }

  @Test
  void theRecordsOwnKeyDecidesWhatIsHeldOut() throws RejectedRecordException {
    Encoder encoder = json(label("y"), 0, new HoldOut(0.5, null), number("x")).open(null);
    int heldOut = 0;
    for (int i = 0; i < 200; i++) {
      byte[] key = ("key " + i).getBytes(StandardCharsets.UTF_8);
      byte[] value = "{\"x\": 1, \"y\": 0}".getBytes(StandardCharsets.UTF_8);
      boolean first = encoder.encode(raw(i, key, value)).heldOut();
      assertThat(encoder.encode(raw(i + 1000, key, value)).heldOut()).isEqualTo(first);
      heldOut += first ? 1 : 0;
      boolean keyless = encoder.encode(raw(i, null, value)).heldOut();
      assertThat(encoder.encode(raw(i, null, value)).heldOut()).isEqualTo(keyless);
    }
    assertThat(heldOut).isBetween(60, 140);
  }

  private static RawRecord raw(long offset, byte[] key, byte[] value) {
    return new RawRecord(new Position("flights-0", offset), 0, key, value);
  }

  @Test
  void aMissingNumberHasASubstitute() throws RejectedRecordException {
    Encoder encoder =
        json(
                label("y"),
                number("a", new Scaling.Fixed(1, 2), new Missing.Value(5)),
                standard("b", new Missing.Mean()),
                standard("c", new Missing.Indicator()))
            .open(null);
    encoder.encode(Records.of("{\"a\": 1, \"b\": 10, \"c\": 1, \"y\": 0}"));
    encoder.encode(Records.of("{\"a\": 1, \"b\": 20, \"c\": 3, \"y\": 0}"));

    assertThat(encoder.encode(Records.of("{\"a\": null, \"y\": 0}")).features())
        .containsExactly(2, 0, 0, 1);
    assertThat(encoder.encode(Records.of("{\"a\": 1, \"b\": 30, \"c\": 2, \"y\": 0}")).features())
        .containsExactly(0, (float) (10 / Math.sqrt(200.0 / 3)), 0, 0);
  }

  @Test
  void aScaledNumberIsCutToItsClip() throws RejectedRecordException {
    NumberFeature clipped =
        new NumberFeature(List.of(field("x")), new Scaling.Fixed(0, 1), 3, new Missing.Reject());
    Encoder encoder = json(label("y"), clipped).open(null);

    assertThat(encoder.encode(Records.of("{\"x\": -7, \"y\": 0}")).features()).containsExactly(-3);
    assertThat(encoder.encode(Records.of("{\"x\": 2.5, \"y\": 0}")).features())
        .containsExactly(2.5f);
  }

  @Test
  void wordsShareBucketsByTheirHash() throws RejectedRecordException {
    CategoryFeature hashed =
        new CategoryFeature(
            List.of(field("origin")),
            new CategoryEncoding.HashBuckets(8, true),
            CategoryFeature.MissingWord.OTHER);
    Encoder encoder = json(label("y"), hashed).open(null);

    assertThat(encoder.encode(Records.of("{\"origin\": \"SEA\", \"y\": 0}")).features())
        .as("the hash of published models must not change")
        .containsExactly(0, 0, 0, -1, 0, 0, 0, 0);
    assertThat(encoder.encode(Records.of("{\"y\": 0}")).features()).containsOnly(0);
  }

  @Test
  void timesAreAnglesOnACircle() throws RejectedRecordException {
    Encoder encoder =
        json(
                label("y"),
                new TimeFeature(
                    field("at"), List.of(TimeFeature.Part.HOUR, TimeFeature.Part.WEEKDAY)))
            .open(null);

    // a Monday, six in the morning: a quarter of the day
    assertThat(encoder.encode(Records.of("{\"at\": \"2001-01-01T06:00\", \"y\": 0}")).features())
        .containsExactly(1, (float) Math.cos(Math.PI / 2), 0, 1);
    assertThat(encoder.encode(Records.of("{\"at\": 978328800000, \"y\": 0}")).features())
        .containsExactly(1, (float) Math.cos(Math.PI / 2), 0, 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"y\": 1}|field x is missing",
        "{\"x\": null, \"y\": 1}|field x is missing",
        "{\"x\": \"abc\", \"y\": 1}|field x is \"abc\", must be a number",
        "{\"x\": 1e39, \"y\": 1}|field x is 1.0E39, must be a number from -3.4e38 to 3.4e38",
        "{\"x\": {}, \"y\": 1}|field x is object, must be a number",
        "{\"x\": 1}|field y is missing",
        "{\"x\": 1, \"x\": 2, \"y\": 1}|is not JSON: Duplicate field 'x'",
        "[1, 2]|is not a JSON object but array",
        "{\"x\": 1, \"y\": 1} {}"
            + "|is not JSON: Trailing token (of type START_OBJECT) found after value",
      })
  void malformedRecordsAreRejectedWithTheReason(String record, String reason) {
    Encoder encoder = json(label("y"), number("x")).open(null);

    assertThatThrownBy(() -> encoder.encode(Records.of(record)))
        .isInstanceOf(RejectedRecordException.class)
        .hasMessageStartingWith(reason);
  }

  @Test
  void aRecordIsBoundedBeforeItIsParsed() {
    Encoder encoder = json(label("y"), number("x")).open(null);

    assertThatThrownBy(() -> encoder.encode(Records.of(new byte[1001])))
        .isInstanceOf(RejectedRecordException.class)
        .hasMessage("has 1,001 bytes, the limit is 1,000");
    assertThatThrownBy(() -> encoder.encode(Records.of("{\"x\":".repeat(40))))
        .isInstanceOf(RejectedRecordException.class)
        .hasMessageStartingWith("is not JSON: Document nesting depth (33) exceeds");
    assertThatThrownBy(() -> encoder.encode(new RawRecord(new Position("t-0", 1), 0, null, null)))
        .isInstanceOf(RejectedRecordException.class)
        .hasMessage("has no value");
  }
}
