package dev.drey.operators.minibatch;

import dev.drey.core.blob.Blob;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Whether units were assigned, as one byte, and then the files of the data set. State of other
 * files is refused: units are positions in an order of rows, which other files do not have.
 *
 * @param data the files of the data set now, in the order of its source
 */
record AssignedSerializer(List<Blob.Reference> data) implements SimpleVersionedSerializer<Boolean> {

  private static final int VERSION = 2;
  private static final int FIRST_VERSION = 1; // without files

  AssignedSerializer {
    data = List.copyOf(data);
  }

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(Boolean assigned) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(128);
    out.writeBoolean(assigned);
    out.writeInt(data.size());
    for (Blob.Reference file : data) {
      out.writeUTF(file.uri().toString());
      out.writeLong(file.bytes());
      out.writeUTF(file.crc32c());
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public Boolean deserialize(int version, byte[] bytes) throws IOException {
    if (version < FIRST_VERSION
        || version > VERSION
        || (version == FIRST_VERSION && bytes.length != 1)) {
      throw new IOException("enumerator state of version " + version + " cannot be read");
    }
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    boolean assigned = in.readBoolean();
    if (version > FIRST_VERSION) {
      check(in);
    }
    return assigned;
  }

  private void check(DataInputDeserializer in) throws IOException {
    int count = in.readInt();
    if (count != data.size()) {
      throw new IOException(
          "the checkpoint is of a data set of " + count + " files, this one has " + data.size());
    }
    for (Blob.Reference now : data) {
      String file = in.readUTF();
      long length = in.readLong();
      String crc32c = in.readUTF();
      if (length != now.bytes() || !crc32c.equals(now.crc32c())) {
        throw new IOException(
            ("%s has %d bytes and CRC-32C %s; the checkpoint is of %s with %d bytes and CRC-32C %s,"
                    + " and can only continue with the same rows")
                .formatted(now.uri(), now.bytes(), now.crc32c(), file, length, crc32c));
      }
    }
  }
}
