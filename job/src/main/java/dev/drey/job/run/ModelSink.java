package dev.drey.job.run;

import dev.drey.core.network.NetworkSpec;
import dev.drey.job.model.WeightsFile;
import dev.drey.operators.server.ModelShard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Puts the shards of the model together, once all are there, and writes them.
 *
 * @param file to write
 * @param network whose parameters they are
 */
record ModelSink(String file, NetworkSpec network) implements Sink<ModelShard> {

  private static final long serialVersionUID = 1L;

  @Override
  public SinkWriter<ModelShard> createWriter(WriterInitContext context) {
    return new Writer();
  }

  private final class Writer implements SinkWriter<ModelShard> {

    private final List<ModelShard> shards = new ArrayList<>();

    @Override
    public void write(ModelShard shard, Context context) {
      shards.add(shard);
    }

    @Override
    public void flush(boolean endOfInput) throws IOException {
      if (endOfInput && !shards.isEmpty()) {
        WeightsFile.write(Path.of(file), network, assemble());
        shards.clear();
      }
    }

    private float[] assemble() throws IOException {
      float[] parameters = new float[network.parameterCount()];
      long version = shards.get(0).version();
      int count = 0;
      for (ModelShard shard : shards) {
        if (shard.version() != version) {
          throw new IOException(
              "the shard from parameter "
                  + shard.from()
                  + " has version "
                  + shard.version()
                  + ", the first has "
                  + version);
        }
        System.arraycopy(shard.weights(), 0, parameters, shard.from(), shard.weights().length);
        count += shard.weights().length;
      }
      if (count != parameters.length) {
        throw new IOException(
            "the shards hold " + count + " parameters, the network has " + parameters.length);
      }
      return parameters;
    }

    @Override
    public void close() {}
  }
}
