package dev.drey.connectors.avro;

import dev.drey.core.record.Excerpt;
import dev.drey.core.record.FieldPath;
import dev.drey.core.record.RecordFormat;
import dev.drey.core.record.RecordLimits;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * Records that are one Avro record each, in Avro's binary encoding.
 *
 * @param schema the writer's schema, as JSON; of type record
 * @param framing the header in front of the data
 */
public record AvroFormat(String schema, Framing framing) implements RecordFormat {

  private static final long serialVersionUID = 1L;

  /** The header in front of the data. */
  public enum Framing {
    /** Nothing. */
    BINARY,
    /**
     * Avro's single-object encoding: the bytes C3 01, then the schema's CRC-64-AVRO fingerprint, 8
     * bytes, little-endian.
     */
    SINGLE_OBJECT,
    /**
     * Confluent's wire format: a byte of 0, then the 4-byte id of a schema in a registry. The id is
     * ignored, the registry not used.
     */
    CONFLUENT
  }

  public AvroFormat {
    Schema.Type type = parse(schema).getType();
    if (type != Schema.Type.RECORD) {
      throw new IllegalArgumentException("is a schema of " + type + ", must be of a RECORD");
    }
  }

  static Schema parse(String text) {
    try {
      return new Schema.Parser().parse(text);
    } catch (SchemaParseException e) {
      throw new IllegalArgumentException(
          "is not an Avro schema: " + Excerpt.of(String.valueOf(e.getMessage())), e);
    }
  }

  @Override
  public Parser open(RecordLimits limits) {
    return new AvroParser(parse(schema), framing, limits);
  }

  @Override
  public Optional<String> fault(FieldPath path) {
    Schema at = parse(schema);
    for (String name : path.names()) {
      Optional<Schema> inner = inner(at, name);
      if (inner.isEmpty()) {
        return Optional.of("is not a field of the schema: " + name + " is not in " + described(at));
      }
      at = inner.get();
    }
    return Optional.empty();
  }

  private static Optional<Schema> inner(Schema schema, String name) {
    return switch (schema.getType()) {
      case UNION ->
          schema.getTypes().stream()
              .map(branch -> inner(branch, name))
              .flatMap(Optional::stream)
              .findFirst();
      case RECORD ->
          schema.hasFields()
              ? Optional.ofNullable(schema.getField(name)).map(Schema.Field::schema)
              : Optional.empty();
      case MAP -> Optional.of(schema.getValueType());
      case ARRAY ->
          name.chars().allMatch(Character::isDigit)
              ? Optional.of(schema.getElementType())
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static String described(Schema schema) {
    if (schema.getType() == Schema.Type.UNION) {
      return schema.getTypes().stream()
          .filter(branch -> branch.getType() == Schema.Type.RECORD)
          .findFirst()
          .map(AvroFormat::described)
          .orElse("a union");
    }
    if (schema.getType() == Schema.Type.RECORD) {
      List<String> names = schema.getFields().stream().map(Schema.Field::name).toList();
      return schema.getName() + ", which has " + Excerpt.of(String.join(", ", names));
    }
    return schema.getType().getName();
  }
}
