package dev.drey.operators.stream;

import dev.drey.core.parameters.Floats;
import dev.drey.core.stream.Example;
import dev.drey.core.stream.PlacedExample;
import dev.drey.core.stream.Position;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Examples and byte arrays as bytes; the format's version is that of the enclosing format. */
final class ExampleFormat {

  private static final int NULL = -1;

  private ExampleFormat() {}

  static void write(List<PlacedExample> examples, DataOutputView out) throws IOException {
    out.writeInt(examples.size());
    for (PlacedExample placed : examples) {
      write(placed, out);
    }
  }

  static void write(PlacedExample placed, DataOutputView out) throws IOException {
    write(placed.position(), out);
    write(placed.example().features(), out);
    write(placed.example().labels(), out);
    out.writeBoolean(placed.example().heldOut());
  }

  static List<PlacedExample> readExamples(DataInputView in) throws IOException {
    int count = in.readInt();
    List<PlacedExample> examples = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      examples.add(readExample(in));
    }
    return examples;
  }

  static PlacedExample readExample(DataInputView in) throws IOException {
    Position position = readPosition(in);
    return new PlacedExample(
        position, new Example(readFloats(in), readFloats(in), in.readBoolean()));
  }

  static void write(Position position, DataOutputView out) throws IOException {
    out.writeUTF(position.partition());
    out.writeLong(position.offset());
  }

  static Position readPosition(DataInputView in) throws IOException {
    return new Position(in.readUTF(), in.readLong());
  }

  private static void write(float[] values, DataOutputView out) throws IOException {
    out.writeInt(values.length);
    out.write(Floats.toBytes(values));
  }

  private static float[] readFloats(DataInputView in) throws IOException {
    byte[] bytes = new byte[in.readInt() * Float.BYTES];
    in.readFully(bytes);
    return Floats.fromBytes(bytes);
  }

  static void writeNullable(byte @Nullable [] bytes, DataOutputView out) throws IOException {
    out.writeInt(bytes == null ? NULL : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }

  static byte @Nullable [] readNullable(DataInputView in) throws IOException {
    int length = in.readInt();
    if (length == NULL) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}
