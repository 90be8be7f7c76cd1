package dev.drey.operators.server;

import dev.drey.core.parameters.Floats;
import dev.drey.core.stream.Intake;
import dev.drey.operators.aggregate.IntakeFormat;
import dev.drey.operators.type.ImmutableSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Shards of versions as bytes that begin with the format's version. */
public final class VersionShardSerializer extends ImmutableSerializer<VersionShard> {

  public static final VersionShardSerializer INSTANCE = new VersionShardSerializer();

  private static final long serialVersionUID = 1L;
  private static final int FORMAT = 1;

  private VersionShardSerializer() {}

  @Override
  public void serialize(VersionShard shard, DataOutputView out) throws IOException {
    out.writeByte(FORMAT);
    out.writeLong(shard.version());
    out.writeInt(shard.from());
    out.writeInt(shard.weights().length);
    out.write(Floats.toBytes(shard.weights()));
    VersionShard.Account account = shard.account();
    out.writeBoolean(account != null);
    if (account != null) {
      out.writeLong(account.examples());
      IntakeFormat.write(account.intake(), out);
      out.writeDouble(account.loss());
    }
  }

  @Override
  public VersionShard deserialize(DataInputView in) throws IOException {
    int format = in.readByte();
    if (format != FORMAT) {
      throw new IOException(
          "a shard of a version has format " + format + ", this side reads " + FORMAT);
    }
    long version = in.readLong();
    int from = in.readInt();
    byte[] weights = new byte[Math.multiplyExact(in.readInt(), Float.BYTES)];
    in.readFully(weights);
    return new VersionShard(
        version, from, Floats.fromBytes(weights), in.readBoolean() ? account(in) : null);
  }

  private static VersionShard.Account account(DataInputView in) throws IOException {
    long examples = in.readLong();
    Intake intake = IntakeFormat.read(in);
    return new VersionShard.Account(examples, intake, in.readDouble());
  }

  @Override
  public VersionShard createInstance() {
    return new VersionShard(0, 0, new float[0], null);
  }

  @Override
  public TypeSerializerSnapshot<VersionShard> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the format in savepoints. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<VersionShard> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
