package dev.drey.core.protocol;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Encodes and decodes requests and answers as JSON. The first key of every message is {@code
 * protocol}; a message of another version is refused before the rest is parsed. Unknown keys are
 * ignored, so that added keys are backward compatible. Thread-safe.
 */
public final class ProtocolJson {

  /** Lambda's size limit of a synchronous request or response, in bytes. */
  public static final int MAX_MESSAGE_BYTES = 6_291_556;

  private static final String PROTOCOL_KEY = "protocol";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(MAX_MESSAGE_BYTES)
                          .maxDocumentLength(MAX_MESSAGE_BYTES)
                          .build())
                  .build())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .defaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.FAIL))
          .addModule(
              new SimpleModule()
                  .addSerializer(byte[].class, new BytesSerializer())
                  .addDeserializer(byte[].class, new BytesDeserializer())
                  .addSerializer(int[].class, new RowsSerializer())
                  .addDeserializer(int[].class, new RowsDeserializer()))
          .build();

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
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = new VersionedGenerator(MAPPER.getFactory().createGenerator(bytes))) {
      MAPPER.writeValue(out, message);
    } catch (IOException e) {
      throw new IllegalStateException("a message of the protocol must be writable as JSON", e);
    }
    return bytes.toByteArray();
  }

  private static <T> T read(byte[] message, Class<T> type, String name) throws ProtocolException {
    if (message.length > MAX_MESSAGE_BYTES) {
      throw new ProtocolException(
          name + " has " + message.length + " bytes, at most " + MAX_MESSAGE_BYTES);
    }
    try (JsonParser in = MAPPER.getFactory().createParser(message)) {
      String fault = versionFault(in);
      if (fault != null) {
        throw new ProtocolException(name + " " + fault);
      }
      in.nextToken();
      // Jackson binds the remaining keys of the object.
      return MAPPER.readerFor(type).readValue(in);
    } catch (ProtocolException e) {
      throw e;
    } catch (JsonProcessingException e) {
      throw new ProtocolException(name + place(e) + ": " + e.getOriginalMessage(), e);
    } catch (IOException | IllegalArgumentException e) {
      throw new ProtocolException(name + ": " + e.getMessage(), e);
    }
  }

  /** Reads the start of the object and its first key; returns what is wrong with them, or null. */
  private static @Nullable String versionFault(JsonParser in) throws IOException {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      return "is not a JSON object";
    }
    String key = in.nextFieldName();
    if (!PROTOCOL_KEY.equals(key)) {
      return "starts with the key " + key + ", must start with " + PROTOCOL_KEY;
    }
    JsonToken value = in.nextToken();
    if (value != JsonToken.VALUE_NUMBER_INT
        || !in.getText().equals(String.valueOf(WorkRequest.PROTOCOL))) {
      return "has protocol " + in.getText() + ", this side speaks " + WorkRequest.PROTOCOL;
    }
    return null;
  }

  /** The path of the key at which binding failed, such as .weights.parts[0]. */
  private static String place(JsonProcessingException e) {
    StringBuilder place = new StringBuilder();
    if (e instanceof JsonMappingException mapping) {
      for (JsonMappingException.Reference step : mapping.getPath()) {
        String key = step.getFieldName();
        place.append(key == null ? "[" + step.getIndex() + "]" : "." + key);
      }
    }
    return place.isEmpty() ? "" : " at " + place;
  }

  /** Writes the protocol version as the first key of the outermost object. */
  private static final class VersionedGenerator extends JsonGeneratorDelegate {

    private boolean started;

    VersionedGenerator(JsonGenerator out) {
      super(out, false);
    }

    @Override
    public void writeStartObject() throws IOException {
      super.writeStartObject();
      start();
    }

    @Override
    public void writeStartObject(Object forValue) throws IOException {
      super.writeStartObject(forValue);
      start();
    }

    @Override
    public void writeStartObject(Object forValue, int size) throws IOException {
      super.writeStartObject(forValue, size);
      start();
    }

    private void start() throws IOException {
      if (!started) {
        started = true;
        writeNumberField(PROTOCOL_KEY, WorkRequest.PROTOCOL);
      }
    }
  }

  /** Uses the JDK's Base64, which is vectorized; Jackson's encodes byte by byte. */
  private static final class BytesSerializer extends JsonSerializer<byte[]> {
    @Override
    public void serialize(byte[] bytes, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      byte[] text = Base64.getEncoder().encode(bytes);
      out.writeRawUTF8String(text, 0, text.length);
    }
  }

  private static final class BytesDeserializer extends JsonDeserializer<byte[]> {
    @Override
    public byte[] deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return base64(in, context);
    }
  }

  private static final class RowsSerializer extends JsonSerializer<int[]> {
    @Override
    public void serialize(int[] rows, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      ByteBuffer bytes =
          ByteBuffer.allocate(rows.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asIntBuffer().put(rows);
      out.writeString(Base64.getEncoder().encodeToString(bytes.array()));
    }
  }

  private static final class RowsDeserializer extends JsonDeserializer<int[]> {
    @Override
    public int[] deserialize(JsonParser in, DeserializationContext context) throws IOException {
      byte[] bytes = base64(in, context);
      if (bytes.length % Integer.BYTES != 0) {
        return context.reportInputMismatch(
            int[].class, "rows have %d bytes, not a multiple of %d", bytes.length, Integer.BYTES);
      }
      int[] rows = new int[bytes.length / Integer.BYTES];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(rows);
      return rows;
    }
  }

  private static byte[] base64(JsonParser in, DeserializationContext context) throws IOException {
    if (!in.hasToken(JsonToken.VALUE_STRING)) {
      return context.reportInputMismatch(byte[].class, "must be a string of base64");
    }
    try {
      return Base64.getDecoder().decode(in.getText());
    } catch (IllegalArgumentException e) {
      return context.reportInputMismatch(byte[].class, "is not base64: %s", e.getMessage());
    }
  }
}
