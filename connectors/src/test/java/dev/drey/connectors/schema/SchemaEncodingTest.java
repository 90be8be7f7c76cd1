package dev.drey.connectors.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.feature.HoldOut;
import dev.drey.core.record.RecordLimits;
import dev.drey.core.stream.Encoder;
import dev.drey.core.stream.Example;
import dev.drey.core.stream.Position;
import dev.drey.core.stream.RawRecord;
import dev.drey.core.stream.RejectedRecordException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.junit.jupiter.api.Test;

class SchemaEncodingTest {

  /** Makes an example of "2 3 1": two features and a label. */
  public static final class Words extends AbstractDeserializationSchema<Example> {

    private static final long serialVersionUID = 1L;

    public Words() {
      super(TypeInformation.of(Example.class));
    }

    @Override
    public Example deserialize(byte[] message) {
      String text = new String(message, StandardCharsets.UTF_8);
      if (text.isEmpty()) {
        return null;
      }
      String[] words = text.split(" ", -1);
      float[] features = new float[words.length - 1];
      for (int i = 0; i < features.length; i++) {
        features[i] = Float.parseFloat(words[i]);
      }
      float[] label = {Float.parseFloat(words[words.length - 1])};
      return new Example(features, label, false);
    }
  }

  private static SchemaEncoding encoding(String className) {
    return new SchemaEncoding(className, 2, 1, 2, HoldOut.NONE, RecordLimits.ofBytes(100));
  }

  private static RawRecord record(String value) {
    return new RawRecord(new Position("t-0", 1), 0, null, value.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theUsersClassMakesTheExamples() throws RejectedRecordException {
    Encoder encoder = encoding(Words.class.getName()).open(null);

    Example example = encoder.encode(record("2 3 1"));

    assertThat(example.features()).containsExactly(2, 3);
    assertThat(example.labels()).containsExactly(1);
    assertThat(encoder.learnt()).isEmpty();
  }

  @Test
  void whatItThrowsOrMakesWronglyIsRejected() {
    Encoder encoder = encoding(Words.class.getName()).open(null);

    assertThatThrownBy(() -> encoder.encode(record("a b 1")))
        .isInstanceOf(RejectedRecordException.class)
        .hasMessage("is refused: java.lang.NumberFormatException: For input string: \"a\"");
    assertThatThrownBy(() -> encoder.encode(record("")))
        .isInstanceOf(RejectedRecordException.class)
        .hasMessage("gives no example but null");
    assertThatThrownBy(() -> encoder.encode(record("1 1")))
        .isInstanceOf(RejectedRecordException.class)
        .hasMessage("has 1 features, must have 2");
    assertThatThrownBy(() -> encoder.encode(record("1 NaN 1")))
        .isInstanceOf(RejectedRecordException.class)
        .hasMessage("features have NaN, must be finite");
    assertThatThrownBy(() -> encoder.encode(record("1 1 2")))
        .isInstanceOf(RejectedRecordException.class)
        .hasMessage("label is 2.0, must be a whole number from 0 to 1");
  }

  @Test
  void aClassMustBeThereAndBeASchema() {
    assertThatThrownBy(() -> encoding("org.example.Gone").instance())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("org.example.Gone is not on the class path");
    assertThatThrownBy(() -> encoding("java.util.ArrayList").instance())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("java.util.ArrayList is not a DeserializationSchema");
  }
}
