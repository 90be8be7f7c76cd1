package dev.drey.job.sink;

import dev.drey.core.network.NetworkSpec;
import dev.drey.job.model.AtomicFile;
import dev.drey.job.model.ModelDirectory;
import dev.drey.job.model.OnnxFile;
import dev.drey.job.model.OptimizerFile;
import dev.drey.job.model.WeightsFile;
import dev.drey.job.onnx.OnnxModel;
import dev.drey.operators.server.ModelShard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Assembles the shards of the final model, and writes moments, ONNX file, last progress and weights
 * in this order.
 *
 * @param directory of the run
 * @param model the trained network, without its parameters
 */
public record ModelSink(String directory, OnnxModel model) implements Sink<ModelShard> {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ModelSink.class);

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
        check();
        NetworkSpec network = model.network();
        ModelDirectory files = new ModelDirectory(Path.of(directory));
        int moments = shards.get(0).moments().length;
        float[][] assembled = new float[moments][];
        for (int i = 0; i < moments; i++) {
          int moment = i;
          assembled[i] = assemble(shard -> shard.moments()[moment]);
        }
        if (moments > 0) {
          OptimizerFile.write(files.optimizer(), network, assembled);
        }
        float[] weights = assemble(ModelShard::weights);
        if (model.fits()) {
          OnnxFile.write(files.onnx(), model, weights);
        } else {
          LOG.warn("{} is not written: an ONNX file has at most 2 GiB", files.onnx());
        }
        for (ModelShard shard : shards) {
          if (shard.progress().length > 0) {
            AtomicFile.write(files.lastProgress(), shard.progress());
          }
        }
        // Last: with this file the run has its model, and all other files of the model exist.
        WeightsFile.write(files.weights(), network, weights);
        shards.clear();
      }
    }

    private void check() throws IOException {
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
        count += shard.weights().length;
      }
      int parameters = model.network().parameterCount();
      if (count != parameters) {
        throw new IOException(
            "the shards hold " + count + " parameters, the network has " + parameters);
      }
    }

    private float[] assemble(Function<ModelShard, float[]> part) {
      float[] vector = new float[model.network().parameterCount()];
      for (ModelShard shard : shards) {
        float[] values = part.apply(shard);
        System.arraycopy(values, 0, vector, shard.from(), values.length);
      }
      return vector;
    }

    @Override
    public void close() {}
  }
}
