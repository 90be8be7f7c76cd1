package dev.drey.job.run;

import dev.drey.operators.server.StepReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes reports to two CSV files: every step to one, every evaluation to the other. After a
 * failure the files are cut back to what they held at the checkpoint, so that each step is in them
 * once. Where they hold less, as in the new directory of a run that goes on from a savepoint, they
 * begin with the next step.
 *
 * @param curve for the steps
 * @param evaluations for the evaluations
 * @param classifies whether there is an accuracy
 */
record ReportSink(String curve, String evaluations, boolean classifies)
    implements Sink<StepReport>, SupportsWriterState<StepReport, ReportSink.Lengths> {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ReportSink.class);

  private static final String HEADER =
      "step,epoch,examples,loss,accuracy,seconds,billed_ms,dollars\n";

  /**
   * How long the files were.
   *
   * @param curve bytes
   * @param evaluations bytes
   */
  record Lengths(long curve, long evaluations) {}

  static ReportSink of(Path curve, Path evaluations, boolean classifies) {
    return new ReportSink(curve.toString(), evaluations.toString(), classifies);
  }

  @Override
  public Writer createWriter(WriterInitContext context) throws IOException {
    return new Writer(new Lengths(0, 0));
  }

  @Override
  public Writer restoreWriter(WriterInitContext context, Collection<Lengths> states)
      throws IOException {
    return new Writer(states.stream().findFirst().orElse(new Lengths(0, 0)));
  }

  @Override
  public SimpleVersionedSerializer<Lengths> getWriterStateSerializer() {
    return new LengthsSerializer();
  }

  /** Appends lines. */
  final class Writer implements StatefulSinkWriter<StepReport, Lengths> {

    private final CsvFile steps;
    private final CsvFile tests;

    private Writer(Lengths lengths) throws IOException {
      steps = new CsvFile(Path.of(curve), lengths.curve);
      tests = new CsvFile(Path.of(evaluations), lengths.evaluations);
    }

    @Override
    public void write(StepReport report, Context context) throws IOException {
      (report.evaluation() ? tests : steps).append(report);
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public List<Lengths> snapshotState(long checkpointId) throws IOException {
      return List.of(new Lengths(steps.length(), tests.length()));
    }

    @Override
    public void close() throws IOException {
      steps.close();
      tests.close();
    }
  }

  /** A file with a header, cut to a length at first. */
  private final class CsvFile implements AutoCloseable {

    private final FileChannel channel;

    CsvFile(Path path, long saved) throws IOException {
      channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      long length = channel.size() < saved ? 0 : saved;
      if (length < saved) {
        LOG.info(
            "{} has {} bytes, the state goes with {}: it begins anew", path, channel.size(), saved);
      }
      channel.truncate(length);
      channel.position(length);
      if (length == 0) {
        write(HEADER);
      }
    }

    void append(StepReport report) throws IOException {
      write(
          report.version()
              + ","
              + rounded(report.epoch(), 1e4)
              + ","
              + report.examples()
              + ","
              + known(report.loss())
              + ","
              + known(classifies ? report.accuracy() : Double.NaN)
              + ","
              + report.seconds()
              + ","
              + report.billedMillis()
              + ","
              + rounded(report.dollars(), 1e9)
              + "\n");
    }

    /** A value that there is none of is left empty, as CSV readers expect. */
    private String known(double value) {
      return Double.isNaN(value) ? "" : String.valueOf(value);
    }

    private double rounded(double value, double per) {
      return Math.rint(value * per) / per;
    }

    private void write(String line) throws IOException {
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }

    long length() throws IOException {
      return channel.position();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** Lengths as 16 bytes. */
  private static final class LengthsSerializer implements SimpleVersionedSerializer<Lengths> {

    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(Lengths lengths) {
      return ByteBuffer.allocate(2 * Long.BYTES)
          .putLong(lengths.curve)
          .putLong(lengths.evaluations)
          .array();
    }

    @Override
    public Lengths deserialize(int version, byte[] bytes) throws IOException {
      if (version != 1 || bytes.length != 2 * Long.BYTES) {
        throw new IOException("state of version " + version + " cannot be read");
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return new Lengths(buffer.getLong(), buffer.getLong());
    }
  }
}
