package dev.drey.connectors.avro;

import dev.drey.core.record.RecordLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * A decoder that checks declared lengths against the limits before it allocates memory. For one
 * record.
 */
final class SizeLimitedDecoder extends Decoder {

  private final BinaryDecoder in;
  private final RecordLimits limits;
  private long items;

  SizeLimitedDecoder(BinaryDecoder in, RecordLimits limits) {
    this.in = in;
    this.limits = limits;
  }

  @Override
  public Utf8 readString(Utf8 old) throws IOException {
    return new Utf8(bytes());
  }

  @Override
  public String readString() throws IOException {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  @Override
  public ByteBuffer readBytes(ByteBuffer old) throws IOException {
    return ByteBuffer.wrap(bytes());
  }

  private byte[] bytes() throws IOException {
    long length = in.readLong();
    if (length < 0 || length > limits.bytes()) {
      throw new AvroRuntimeException(
          "a text of " + length + " bytes, the limit is " + limits.bytes());
    }
    byte[] bytes = new byte[(int) length];
    in.readFixed(bytes, 0, bytes.length);
    return bytes;
  }

  private long counted(long more) {
    items += more;
    if (more < 0 || items > limits.items()) {
      throw new AvroRuntimeException(
          "arrays and maps of " + items + " items, the limit is " + limits.items());
    }
    return more;
  }

  @Override
  public long readArrayStart() throws IOException {
    return counted(in.readArrayStart());
  }

  @Override
  public long arrayNext() throws IOException {
    return counted(in.arrayNext());
  }

  @Override
  public long skipArray() throws IOException {
    return in.skipArray();
  }

  @Override
  public long readMapStart() throws IOException {
    return counted(in.readMapStart());
  }

  @Override
  public long mapNext() throws IOException {
    return counted(in.mapNext());
  }

  @Override
  public long skipMap() throws IOException {
    return in.skipMap();
  }

  @Override
  public void readNull() throws IOException {
    in.readNull();
  }

  @Override
  public boolean readBoolean() throws IOException {
    return in.readBoolean();
  }

  @Override
  public int readInt() throws IOException {
    return in.readInt();
  }

  @Override
  public long readLong() throws IOException {
    return in.readLong();
  }

  @Override
  public float readFloat() throws IOException {
    return in.readFloat();
  }

  @Override
  public double readDouble() throws IOException {
    return in.readDouble();
  }

  @Override
  public void skipString() throws IOException {
    in.skipString();
  }

  @Override
  public void skipBytes() throws IOException {
    in.skipBytes();
  }

  @Override
  public void readFixed(byte[] bytes, int start, int length) throws IOException {
    in.readFixed(bytes, start, length);
  }

  @Override
  public void skipFixed(int length) throws IOException {
    in.skipFixed(length);
  }

  @Override
  public int readEnum() throws IOException {
    return in.readEnum();
  }

  @Override
  public int readIndex() throws IOException {
    return in.readIndex();
  }
}
