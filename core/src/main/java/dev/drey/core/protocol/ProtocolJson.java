package dev.drey.core.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Requests and answers as JSON. The first key of every message is {@code protocol}; a message of
 * another version is refused. Unknown keys are passed over, so that a minor addition breaks nobody.
 * Thread-safe.
 */
public final class ProtocolJson {

  /** Lambda's limit of one synchronous request or response, in bytes. */
  public static final int MAX_MESSAGE_BYTES = 6_291_556;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .addModule(
              new SimpleModule()
                  .addSerializer(int[].class, new RowsSerializer())
                  .addDeserializer(int[].class, new RowsDeserializer()))
          .build();

  static {
    MAPPER
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxStringLength(MAX_MESSAGE_BYTES)
                .maxDocumentLength(MAX_MESSAGE_BYTES)
                .build());
  }

  private ProtocolJson() {}

  public static byte[] encode(WorkRequest request) {
    return write(request);
  }

  public static byte[] encode(WorkAnswer answer) {
    return write(answer);
  }

  /**
   * Reads a request.
   *
   * @throws ProtocolException if it is longer than {@link #MAX_MESSAGE_BYTES}, not JSON, of another
   *     protocol version, or not a request
   */
  public static WorkRequest decodeRequest(byte[] message) throws ProtocolException {
    return read(message, WorkRequest.class, "request");
  }

  /** Reads an answer; see {@link #decodeRequest}. */
  public static WorkAnswer decodeAnswer(byte[] message) throws ProtocolException {
    return read(message, WorkAnswer.class, "answer");
  }

  private static byte[] write(Object message) {
    ObjectNode tree = MAPPER.createObjectNode();
    tree.put("protocol", WorkRequest.PROTOCOL);
    tree.setAll(MAPPER.<ObjectNode>valueToTree(message));
    try {
      return MAPPER.writeValueAsBytes(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a message of the protocol must be writable as JSON", e);
    }
  }

  private static <T> T read(byte[] message, Class<T> type, String name) throws ProtocolException {
    if (message.length > MAX_MESSAGE_BYTES) {
      throw new ProtocolException(
          name + " has " + message.length + " bytes, at most " + MAX_MESSAGE_BYTES);
    }
    try {
      JsonNode tree = MAPPER.readTree(message);
      if (!(tree instanceof ObjectNode object)) {
        throw new ProtocolException(name + " is no JSON object");
      }
      JsonNode protocol = object.remove("protocol");
      if (protocol == null || !protocol.isInt() || protocol.intValue() != WorkRequest.PROTOCOL) {
        throw new ProtocolException(
            name + " has protocol " + protocol + ", this side speaks " + WorkRequest.PROTOCOL);
      }
      return MAPPER.treeToValue(object, type);
    } catch (IOException | IllegalArgumentException e) {
      throw new ProtocolException(name + ": " + e.getMessage(), e);
    }
  }

  private static final class RowsSerializer extends JsonSerializer<int[]> {
    @Override
    public void serialize(int[] rows, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      ByteBuffer bytes =
          ByteBuffer.allocate(rows.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asIntBuffer().put(rows);
      out.writeBinary(bytes.array());
    }
  }

  private static final class RowsDeserializer extends JsonDeserializer<int[]> {
    @Override
    public int[] deserialize(JsonParser in, DeserializationContext context) throws IOException {
      byte[] bytes = in.getBinaryValue();
      if (bytes.length % Integer.BYTES != 0) {
        throw new ProtocolException(
            "rows have " + bytes.length + " bytes, not a multiple of " + Integer.BYTES);
      }
      int[] rows = new int[bytes.length / Integer.BYTES];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(rows);
      return rows;
    }
  }
}
