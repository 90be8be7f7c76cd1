package dev.drey.core.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drey.core.stream.RejectedRecordException;
import java.io.IOException;
import java.util.Locale;

/** Records that are one JSON object each; fields may be nested in objects and arrays. */
public record JsonFormat() implements RecordFormat {

  private static final long serialVersionUID = 1L;

  private static final int LONGEST_NUMBER = 400; // more digits than any double has

  @Override
  public Parser open(RecordLimits limits) {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(limits.depth())
                    .maxStringLength(limits.bytes())
                    .maxNameLength(FieldPath.MAX_LENGTH)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();
    ObjectMapper mapper =
        JsonMapper.builder(factory).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    ObjectReader reader = mapper.readerFor(JsonNode.class);
    return value -> {
      JsonNode root = tree(reader, value);
      return path -> value(find(root, path), limits);
    };
  }

  private static JsonNode tree(ObjectReader reader, byte[] value) throws RejectedRecordException {
    JsonNode root;
    try {
      root = reader.readTree(value);
    } catch (JsonProcessingException e) {
      throw new RejectedRecordException("is not JSON: " + Excerpt.of(e.getOriginalMessage()));
    } catch (IOException e) { // bytes that are not text
      throw new RejectedRecordException(
          "is not JSON: " + Excerpt.of(String.valueOf(e.getMessage())));
    }
    if (!root.isObject()) {
      throw new RejectedRecordException("is not a JSON object but " + kind(root));
    }
    return root;
  }

  private static JsonNode find(JsonNode root, FieldPath path) {
    JsonNode node = root;
    for (String name : path.names()) {
      node = node.isArray() ? node.path(place(name)) : node.path(name);
    }
    return node;
  }

  /** The array index that a name stands for; -1, which no array has, if it is not a number. */
  private static int place(String name) {
    boolean digits = name.length() <= 9 && name.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits ? Integer.parseInt(name) : -1;
  }

  private static FieldValue value(JsonNode node, RecordLimits limits)
      throws RejectedRecordException {
    return switch (node.getNodeType()) {
      case MISSING, NULL -> FieldValue.Missing.HERE;
      case NUMBER -> new FieldValue.Decimal(node.doubleValue());
      case STRING -> new FieldValue.Text(node.textValue());
      case BOOLEAN -> new FieldValue.Truth(node.booleanValue());
      case ARRAY -> numbers(node, limits);
      default -> new FieldValue.Other(kind(node));
    };
  }

  private static FieldValue numbers(JsonNode array, RecordLimits limits)
      throws RejectedRecordException {
    if (array.size() > limits.items()) {
      throw new RejectedRecordException(
          "has " + array.size() + " items, the limit is " + limits.items());
    }
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode item = array.get(i);
      if (!item.isNumber()) {
        return new FieldValue.Other("an array with " + kind(item) + " at " + i);
      }
      values[i] = item.doubleValue();
    }
    return new FieldValue.Numbers(values);
  }

  private static String kind(JsonNode node) {
    return node.isMissingNode() ? "nothing" : node.getNodeType().name().toLowerCase(Locale.ROOT);
  }
}
