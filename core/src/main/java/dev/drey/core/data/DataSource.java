package dev.drey.core.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.drey.core.blob.Blob;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * Where a data set is stored and in which format. Stored objects never change, so a worker may
 * cache what it read for as long as the reference stays the same.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
  @JsonSubTypes.Type(name = "idx", value = DataSource.Idx.class),
  @JsonSubTypes.Type(name = "npy", value = DataSource.Npy.class),
  @JsonSubTypes.Type(name = "csv", value = DataSource.Csv.class)
})
public sealed interface DataSource extends Serializable {

  /** All stored objects that make up the data set. */
  List<Blob.Reference> objects();

  /**
   * Reads the data set into memory: length and checksum of each file are verified first.
   *
   * @throws DataException if a file is missing, damaged, or not in its format; the message names it
   * @throws dev.drey.core.blob.CorruptBlobException if a file does not match its checksum
   */
  DataSet read() throws IOException;

  /**
   * The IDX format of MNIST, plain or gzip (recognised by the first bytes).
   *
   * @param features [rows, ...] of unsigned bytes, or of any other IDX type
   * @param labels [rows]
   */
  record Idx(
      @JsonProperty(value = "features", required = true) Blob.Reference features,
      @JsonProperty(value = "labels", required = true) Blob.Reference labels)
      implements DataSource {
    @Override
    public List<Blob.Reference> objects() {
      return List.of(features, labels);
    }

    @Override
    public DataSet read() throws IOException {
      return DataSets.read(features, labels, IdxFormat::read);
    }
  }

  /**
   * NumPy's .npy.
   *
   * @param features [rows, ...] of f4, f8, u1, i4 or i8, little-endian, C order
   * @param labels [rows] or [rows, k]
   */
  record Npy(
      @JsonProperty(value = "features", required = true) Blob.Reference features,
      @JsonProperty(value = "labels", required = true) Blob.Reference labels)
      implements DataSource {
    @Override
    public List<Blob.Reference> objects() {
      return List.of(features, labels);
    }

    @Override
    public DataSet read() throws IOException {
      return DataSets.read(features, labels, NpyFormat::read);
    }
  }

  /**
   * Comma-separated values (RFC 4180) with a header line.
   *
   * @param object the file, plain or gzip
   * @param features the columns of an example, in order
   * @param labels the label columns, in order
   */
  record Csv(
      @JsonProperty(value = "object", required = true) Blob.Reference object,
      @JsonProperty(value = "features", required = true) List<String> features,
      @JsonProperty(value = "labels", required = true) List<String> labels)
      implements DataSource {

    public Csv {
      features = List.copyOf(features);
      labels = List.copyOf(labels);
    }

    @Override
    public List<Blob.Reference> objects() {
      return List.of(object);
    }

    @Override
    public DataSet read() throws IOException {
      return CsvFormat.read(this, DataFile.verified(object));
    }
  }
}
