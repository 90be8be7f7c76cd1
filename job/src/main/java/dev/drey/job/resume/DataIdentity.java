package dev.drey.job.resume;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drey.core.blob.Blob;
import dev.drey.core.data.DataSource;
import dev.drey.job.model.AtomicFile;
import dev.drey.job.prepare.PreparedData;
import dev.drey.job.prepare.PreparedInput;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files of a run's data set as the run began with them, in {@code data-files.json} of its
 * directory. A step is defined by row numbers, so a resumed run needs the same bytes. A run on a
 * stream has no files.
 *
 * @param files in the order of the specification; empty for a stream
 */
public record DataIdentity(@JsonProperty("files") List<DataFile> files) {

  static final String FILE = "data-files.json";

  /** Levels from a run's directory down to a checkpoint: checkpoints, job id, chk-1. */
  private static final int MOST_LEVELS = 3;

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * A file.
   *
   * @param key of the specification that names it
   * @param file its URI
   * @param bytes its length
   * @param crc32c its checksum
   */
  public record DataFile(
      @JsonProperty("key") String key,
      @JsonProperty("file") String file,
      @JsonProperty("bytes") long bytes,
      @JsonProperty("crc32c") String crc32c) {

    private String content() {
      return bytes + " bytes, CRC-32C " + crc32c;
    }
  }

  public DataIdentity {
    files = List.copyOf(files);
  }

  /** The files of an opened data set, whose lengths and checksums are known from opening it. */
  public static DataIdentity of(PreparedInput input) {
    List<DataFile> files = new ArrayList<>();
    if (input instanceof PreparedData data) {
      add("data", data.training(), files);
      if (!data.test().equals(data.training())) {
        add("data.test", data.test(), files);
      }
    }
    return new DataIdentity(files);
  }

  private static void add(String section, DataSource source, List<DataFile> files) {
    List<Blob.Reference> objects = source.objects();
    List<String> names = objects.size() == 1 ? List.of(".file") : List.of(".features", ".labels");
    for (int i = 0; i < objects.size(); i++) {
      Blob.Reference object = objects.get(i);
      files.add(
          new DataFile(
              section + names.get(i), object.uri().toString(), object.bytes(), object.crc32c()));
    }
  }

  /**
   * Writes the file of a run.
   *
   * @param run its directory
   */
  public void write(Path run) throws IOException {
    AtomicFile.write(run.resolve(FILE), JSON.writeValueAsBytes(this));
  }

  /**
   * Checks that these files are those with which a run began.
   *
   * @param from the run's directory, or a checkpoint in it; without a record of files above it,
   *     nothing is checked
   * @throws SpecificationException with every file that has changed
   */
  public void check(Path from) throws SpecificationException, IOException {
    Optional<Path> record = record(from);
    if (record.isEmpty()) {
      return;
    }
    List<Fault> faults = differences(read(record.get()), record.get());
    if (!faults.isEmpty()) {
      throw new SpecificationException(faults);
    }
  }

  private static Optional<Path> record(Path from) {
    Path at = from;
    for (int i = 0; i <= MOST_LEVELS && at != null; i++, at = at.getParent()) {
      if (Files.exists(at.resolve(FILE))) {
        return Optional.of(at.resolve(FILE));
      }
    }
    return Optional.empty();
  }

  private static DataIdentity read(Path file) throws IOException {
    try {
      return JSON.readValue(file.toFile(), DataIdentity.class);
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is damaged: " + e.getOriginalMessage(), e);
    }
  }

  /** Files that the specification names by other keys are reported by the keys themselves. */
  private List<Fault> differences(DataIdentity before, Path record) {
    List<Fault> faults = new ArrayList<>();
    for (DataFile now : files) {
      before.files.stream()
          .filter(other -> other.key.equals(now.key) && !other.content().equals(now.content()))
          .forEach(
              other ->
                  faults.add(
                      Fault.of(
                          now.key,
                          "is "
                              + now.file
                              + " of "
                              + now.content()
                              + "; the run began with "
                              + other.file
                              + " of "
                              + other.content()
                              + " ("
                              + record
                              + "), and can only continue with the same rows")));
    }
    return faults;
  }
}
