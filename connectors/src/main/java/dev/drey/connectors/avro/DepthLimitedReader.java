package dev.drey.connectors.avro;

import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.ResolvingDecoder;

/** A reader that limits the nesting of values, which a recursive schema does not. */
final class DepthLimitedReader extends GenericDatumReader<GenericRecord> {

  /** Calls per level of nesting: one for a record, one for the union around it. */
  private static final int LEVELS = 2;

  private final int most;
  private int depth;

  DepthLimitedReader(Schema schema, int depth) {
    // the "fast" reader would bypass read()
    super(schema, schema, new GenericData().setFastReaderEnabled(false));
    this.most = LEVELS * depth;
  }

  @Override
  protected Object read(Object old, Schema expected, ResolvingDecoder in) throws IOException {
    if (depth >= most) {
      throw new AvroRuntimeException("values are nested deeper than " + most);
    }
    depth++;
    try {
      return super.read(old, expected, in);
    } finally {
      depth--;
    }
  }
}
