package dev.drey.connectors.avro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.feature.ArrayFeature;
import dev.drey.core.feature.CategoryEncoding;
import dev.drey.core.feature.CategoryFeature;
import dev.drey.core.feature.CategoryFeature.MissingWord;
import dev.drey.core.feature.ExampleEncoding;
import dev.drey.core.feature.Feature;
import dev.drey.core.feature.HoldOut;
import dev.drey.core.feature.Label;
import dev.drey.core.feature.Missing;
import dev.drey.core.feature.NumberFeature;
import dev.drey.core.feature.Scaling;
import dev.drey.core.feature.TimeFeature;
import dev.drey.core.record.CsvRecordFormat;
import dev.drey.core.record.FieldPath;
import dev.drey.core.record.FloatsFormat;
import dev.drey.core.record.JsonFormat;
import dev.drey.core.record.RecordFormat;
import dev.drey.core.record.RecordLimits;
import dev.drey.core.stream.Encoder;
import dev.drey.core.stream.Example;
import dev.drey.core.stream.Position;
import dev.drey.core.stream.RawRecord;
import dev.drey.core.stream.RejectedRecordException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** 10,000 records of each format, damaged in many ways: an example or a reason comes of each. */
class MalformedRecordsTest {

  private static final int RECORDS = 10_000;
  private static final RecordLimits LIMITS = RecordLimits.ofBytes(10_000);
  private static final double ANY = Double.POSITIVE_INFINITY;

  private static final String JSON =
      "{\"x\": 12.5, \"origin\": \"SEA\", \"at\": \"2001-01-31T23:15\", \"wind\": [1, 2, 3],"
          + " \"in\": {\"y\": 1}}";
  private static final String CSV = "12.5,SEA,2001-01-31T23:15,1";

  private static Feature number(String field) {
    return new NumberFeature(
        List.of(new FieldPath(field)), new Scaling.Standard(), ANY, new Missing.Indicator());
  }

  private static Feature category(String field) {
    return new CategoryFeature(
        List.of(new FieldPath(field)),
        new CategoryEncoding.HashBuckets(4, true),
        MissingWord.OTHER);
  }

  private static Feature time(String field) {
    return new TimeFeature(new FieldPath(field), List.of(TimeFeature.Part.values()));
  }

  private static Feature array(FieldPath field, int length) {
    return new ArrayFeature(field, length, new Scaling.Standard(), 5, new Missing.Reject());
  }

  private static ExampleEncoding encoding(RecordFormat format, String label, Feature... features) {
    return new ExampleEncoding(
        format,
        List.of(features),
        new Label.Numbers(List.of(new FieldPath(label))),
        2,
        new HoldOut(0.2, null),
        LIMITS);
  }

  static Stream<Arguments> formats() throws IOException {
    ExampleEncoding json =
        encoding(
            new JsonFormat(),
            "in.y",
            number("x"),
            category("origin"),
            time("at"),
            array(new FieldPath("wind"), 3));
    ExampleEncoding csv =
        encoding(
            new CsvRecordFormat(List.of("x", "origin", "at", "y"), ','),
            "y",
            number("x"),
            category("origin"),
            time("at"));
    ExampleEncoding floats =
        new ExampleEncoding(
            new FloatsFormat(3, 1, FloatsFormat.Order.LITTLE_ENDIAN),
            List.of(array(FloatsFormat.FEATURES, 3)),
            new Label.Array(FloatsFormat.LABELS, 1),
            2,
            HoldOut.NONE,
            LIMITS);
    ExampleEncoding avro =
        encoding(
            new AvroFormat(AvroFormatTest.SCHEMA, AvroFormat.Framing.BINARY),
            "inner.y",
            number("x"),
            category("origin"),
            array(new FieldPath("wind"), 3));
    return Stream.of(
        Arguments.of("json", json, JSON.getBytes(StandardCharsets.UTF_8)),
        Arguments.of("csv", csv, CSV.getBytes(StandardCharsets.UTF_8)),
        Arguments.of("floats", floats, floats()),
        Arguments.of("avro", avro, AvroFormatTest.written(AvroFormatTest.flight())));
  }

  private static byte[] floats() {
    ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    return bytes.putFloat(1).putFloat(2).putFloat(3).putFloat(1).array();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("formats")
  void anExampleOrAReasonComesOfEachRecord(String name, ExampleEncoding encoding, byte[] sound)
      throws RejectedRecordException {
    Random random = new Random(1);
    Encoder encoder = encoding.open(null);
    encoder.encode(record(sound, 0));
    int rejected = 0;
    int examples = 0;
    for (int i = 1; i <= RECORDS; i++) {
      byte[] before = i % 100 == 0 ? encoder.learnt() : new byte[0];
      byte @Nullable [] damaged = damaged(sound, random);
      try {
        Example example = encoder.encode(record(damaged, i));
        assertThat(example.features()).hasSize(encoding.features());
        for (float feature : example.features()) {
          assertThat(Float.isFinite(feature)).isTrue();
        }
        assertThat(example.labels()[0]).isIn(0f, 1f);
        examples++;
      } catch (RejectedRecordException e) {
        assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(400);
        assertThat(e.getMessage().chars()).noneMatch(Character::isISOControl);
        if (before.length > 0) {
          assertThat(encoder.learnt()).isEqualTo(before);
        }
        rejected++;
      }
    }
    encoder.encode(record(sound, RECORDS + 1)); // and all is well after that

    assertThat(rejected + examples).isEqualTo(RECORDS);
    assertThat(rejected).isGreaterThan(RECORDS / 3);
    assertThat(encoding.open(encoder.learnt()).encode(record(sound, 0)).features())
        .isEqualTo(encoder.encode(record(sound, 0)).features());
  }

  private static RawRecord record(byte @Nullable [] value, long offset) {
    return new RawRecord(new Position("t-0", offset), 0, null, value);
  }

  private static byte @Nullable [] damaged(byte[] sound, Random random) {
    byte[] value = sound.clone();
    switch (random.nextInt(10)) {
      case 0 -> {
        return null;
      }
      case 1 -> {
        return Arrays.copyOf(value, random.nextInt(value.length)); // cut
      }
      case 2 -> {
        return Arrays.copyOf(value, value.length + 1 + random.nextInt(50)); // zeros behind
      }
      case 3 -> {
        byte[] noise = new byte[random.nextInt(200)];
        random.nextBytes(noise);
        return noise;
      }
      case 4 -> {
        return new byte[9_000 + random.nextInt(2_000)]; // huge, some of them past the limit
      }
      case 5 -> {
        String deep = random.nextBoolean() ? "[" : "{\"x\":";
        return deep.repeat(1 + random.nextInt(1_900)).getBytes(StandardCharsets.UTF_8);
      }
      case 6 -> {
        String[] wrong = {"true", "null", "\"a\"", "[]", "{}", "1e999", "-0", "NaN", "\"1d\"", ""};
        String text = new String(value, StandardCharsets.ISO_8859_1);
        return text.replace("12.5", wrong[random.nextInt(wrong.length)])
            .getBytes(StandardCharsets.ISO_8859_1);
      }
      case 7 -> {
        int at = random.nextInt(value.length);
        byte[] twice = Arrays.copyOf(value, value.length + at);
        System.arraycopy(value, 0, twice, value.length, at);
        return twice;
      }
      default -> {
        for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
          value[random.nextInt(value.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return value;
      }
    }
  }
}
