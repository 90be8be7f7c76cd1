package dev.drey.connectors.avro;

import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.ResolvingDecoder;

/** Reads values within each other so deep and no deeper: a schema may be within itself. */
final class DepthLimitedReader extends GenericDatumReader<GenericRecord> {

  /** A record within a union within a record are two levels. */
  private static final int LEVELS = 2;

  private final int most;
  private int depth;

  DepthLimitedReader(Schema schema, int depth) {
    // the "fast" reader would not come by here
    super(schema, schema, new GenericData().setFastReaderEnabled(false));
    this.most = LEVELS * depth;
  }

  @Override
  protected Object read(Object old, Schema expected, ResolvingDecoder in) throws IOException {
    if (depth >= most) {
      throw new AvroRuntimeException("values lie deeper within each other than " + most);
    }
    depth++;
    try {
      return super.read(old, expected, in);
    } finally {
      depth--;
    }
  }
}
