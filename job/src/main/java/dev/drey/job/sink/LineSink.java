package dev.drey.job.sink;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Writes each element as a line to one of several text files. After a failure the files are
 * truncated to their length at the checkpoint, so that each line is in them once. For a single
 * task.
 *
 * @param <T> the elements
 * @param files paths
 * @param format of the lines
 */
public record LineSink<T>(List<String> files, Format<T> format)
    implements Sink<T>, SupportsWriterState<T, LineSink.Lengths> {

  private static final long serialVersionUID = 1L;

  /** Makes lines of elements. */
  public interface Format<T> extends Serializable {

    /** The first lines of every file; may be empty. */
    default String header() {
      return "";
    }

    /** Which of the files the element goes to. */
    default int file(T element) {
      return 0;
    }

    /** The element, without the line's end. */
    String line(T element) throws IOException;
  }

  /**
   * The lengths of the files.
   *
   * @param bytes of each
   */
  public record Lengths(List<Long> bytes) {}

  public LineSink {
    files = List.copyOf(files);
  }

  @Override
  public Writer createWriter(WriterInitContext context) throws IOException {
    return writer(new Lengths(Collections.nCopies(files.size(), 0L)));
  }

  @Override
  public Writer restoreWriter(WriterInitContext context, Collection<Lengths> states)
      throws IOException {
    return states.isEmpty() ? createWriter(context) : writer(states.iterator().next());
  }

  Writer writer(Lengths lengths) throws IOException {
    return new Writer(lengths);
  }

  @Override
  public SimpleVersionedSerializer<Lengths> getWriterStateSerializer() {
    return new LengthsSerializer(files.size());
  }

  /** Appends lines. */
  public final class Writer implements StatefulSinkWriter<T, Lengths> {

    private final List<LineFile> open = new ArrayList<>();

    private Writer(Lengths lengths) throws IOException {
      for (int i = 0; i < files.size(); i++) {
        open.add(new LineFile(Path.of(files.get(i)), format.header(), lengths.bytes.get(i)));
      }
    }

    @Override
    public void write(T element, Context context) throws IOException {
      open.get(format.file(element)).write(format.line(element) + "\n");
    }

    @Override
    public void flush(boolean endOfInput) throws IOException {
      if (endOfInput) {
        force();
      }
    }

    private void force() throws IOException {
      for (LineFile file : open) {
        file.force();
      }
    }

    @Override
    public List<Lengths> snapshotState(long checkpointId) throws IOException {
      force(); // a checkpoint promises that the files have these lengths
      List<Long> bytes = new ArrayList<>();
      for (LineFile file : open) {
        bytes.add(file.length());
      }
      return List.of(new Lengths(bytes));
    }

    @Override
    public void close() throws IOException {
      for (LineFile file : open) {
        file.close();
      }
    }
  }

  /**
   * Lengths, 8 bytes each.
   *
   * @param files how many
   */
  private record LengthsSerializer(int files) implements SimpleVersionedSerializer<Lengths> {

    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(Lengths lengths) {
      ByteBuffer buffer = ByteBuffer.allocate(files * Long.BYTES);
      lengths.bytes.forEach(buffer::putLong);
      return buffer.array();
    }

    @Override
    public Lengths deserialize(int version, byte[] bytes) throws IOException {
      if (version != 1 || bytes.length != files * Long.BYTES) {
        throw new IOException("state of version " + version + " cannot be read");
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      List<Long> lengths = new ArrayList<>();
      while (buffer.hasRemaining()) {
        lengths.add(buffer.getLong());
      }
      return new Lengths(lengths);
    }
  }
}
