package dev.drey.job.publish;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drey.core.feature.CategoryEncoding;
import dev.drey.core.feature.CategoryFeature;
import dev.drey.core.feature.ColumnScaling;
import dev.drey.core.feature.ExampleEncoding;
import dev.drey.core.feature.Feature;
import dev.drey.core.feature.Missing;
import dev.drey.core.feature.TimeFeature;
import dev.drey.core.record.FieldPath;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * {@code features.json}: says how the fields of a record become the input columns of {@code
 * model.onnx}. It has one entry per field, in the order of the columns.
 */
final class FeaturesFile {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final List<ColumnScaling> scaling;
  private final ArrayNode entries;
  private int column;

  private FeaturesFile(List<ColumnScaling> scaling, ArrayNode entries) {
    this.scaling = scaling;
    this.entries = entries;
  }

  /**
   * The content of the file.
   *
   * @param scaling of the encoding's columns
   */
  static byte[] of(ExampleEncoding encoding, List<ColumnScaling> scaling) throws IOException {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("columns", scaling.size());
    FeaturesFile file = new FeaturesFile(scaling, json.putArray("features"));
    encoding.columns().forEach(file::add);
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
  }

  private void add(Feature feature) {
    for (FieldPath field : feature.fields()) {
      feature.<ObjectNode>match(
          number -> addNumbers("number", field, 1, number.missing()),
          array -> addNumbers("array", field, array.length(), array.missing()),
          category -> addCategory(field, category),
          time -> addTime(field, time));
    }
  }

  private ObjectNode addNumbers(String kind, FieldPath field, int length, Missing missing) {
    List<ColumnScaling> own = scaling.subList(column, column + length);
    ObjectNode entry = entry(kind, field, length);
    ArrayNode means = entry.putArray("mean");
    ArrayNode deviations = entry.putArray("deviation");
    for (ColumnScaling each : own) {
      means.add(each.mean());
      deviations.add(each.deviation());
    }
    double clip = own.get(0).clip();
    entry.put("clip", Double.isInfinite(clip) ? null : clip);
    missing.<ObjectNode>match(
        reject -> entry.put("missing", "reject"),
        value -> entry.put("missing", value.value()),
        mean -> entry.put("missing", "NaN"),
        indicator -> entry.put("missing", "NaN"));
    if (missing.hasIndicator()) {
      entry("is-missing", field, 1);
    }
    return entry;
  }

  private ObjectNode addCategory(FieldPath field, CategoryFeature category) {
    ObjectNode entry = entry("category", field, category.encoding().width());
    category.encoding().<ObjectNode>match(oneHot -> words(entry, oneHot), b -> buckets(entry, b));
    return entry.put("missing", word(category.missing()));
  }

  /** One more column follows, for other words. */
  private static ObjectNode words(ObjectNode entry, CategoryEncoding.OneHot oneHot) {
    ArrayNode words = entry.putArray("vocabulary");
    oneHot.vocabulary().words().forEach(words::add);
    return entry;
  }

  private static ObjectNode buckets(ObjectNode entry, CategoryEncoding.HashBuckets buckets) {
    return entry.put("buckets", buckets.count()).put("signed", buckets.signed());
  }

  private ObjectNode addTime(FieldPath field, TimeFeature time) {
    ObjectNode entry = entry("time", field, time.width());
    ArrayNode parts = entry.putArray("parts");
    time.parts().forEach(part -> parts.add(word(part)));
    return entry;
  }

  private ObjectNode entry(String kind, FieldPath field, int width) {
    ObjectNode entry = entries.addObject();
    entry.put("field", field.toString());
    entry.put("kind", kind);
    entry.put("column", column);
    entry.put("width", width);
    column += width;
    return entry;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
