package dev.drey.core.feature;

import dev.drey.core.record.FieldPath;
import dev.drey.core.record.JsonFormat;
import dev.drey.core.record.RecordFormat;
import dev.drey.core.record.RecordLimits;
import dev.drey.core.stream.Position;
import dev.drey.core.stream.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Records and encodings that tests are made of. */
final class Records {

  private static final double ANY = Double.POSITIVE_INFINITY;

  private Records() {}

  static RawRecord of(String value) {
    return of(value.getBytes(StandardCharsets.UTF_8));
  }

  static RawRecord of(byte[] value) {
    return new RawRecord(new Position("flights-0", 7), 1000, null, value);
  }

  static FieldPath field(String path) {
    return new FieldPath(path);
  }

  static NumberFeature number(String field, Scaling scaling, Missing missing) {
    return new NumberFeature(List.of(field(field)), scaling, ANY, missing);
  }

  static NumberFeature number(String field) {
    return number(field, new Scaling.None(), new Missing.Reject());
  }

  static NumberFeature standard(String field, Missing missing) {
    return number(field, new Scaling.Standard(), missing);
  }

  static NumberFeature standard(String field) {
    return standard(field, new Missing.Reject());
  }

  static CategoryFeature category(String field, String... words) {
    return new CategoryFeature(
        List.of(field(field)),
        new CategoryEncoding.OneHot(new Vocabulary(List.of(words))),
        CategoryFeature.MissingWord.OTHER);
  }

  static Label label(String field) {
    return new Label.Numbers(List.of(field(field)));
  }

  static ExampleEncoding json(Label label, Feature... features) {
    return json(label, 0, HoldOut.NONE, features);
  }

  static ExampleEncoding json(Label label, int classes, HoldOut holdOut, Feature... features) {
    return encoding(new JsonFormat(), label, classes, holdOut, features);
  }

  static ExampleEncoding encoding(
      RecordFormat format, Label label, int classes, HoldOut holdOut, Feature... features) {
    return new ExampleEncoding(
        format, List.of(features), label, classes, holdOut, RecordLimits.ofBytes(1000));
  }
}
