package dev.drey.job.cli;

import dev.drey.core.data.DataSet;
import dev.drey.core.data.DataSets;
import dev.drey.core.feature.Label;
import dev.drey.core.record.FloatsFormat;
import dev.drey.job.prepare.PreparedData;
import dev.drey.job.produce.CsvRowReader;
import dev.drey.job.produce.FloatRowReader;
import dev.drey.job.produce.RowReader;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.data.FormatSettings;
import dev.drey.job.specification.data.StreamSettings;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sources of rows to write to a stream. */
final class ProduceSources {

  private ProduceSources() {}

  /** Of a CSV file, as JSON. */
  static RowReader.Source csv(
      StreamSettings stream, Path file, @Nullable String key, boolean drifts)
      throws SpecificationException {
    if (!(stream.format() instanceof FormatSettings.Json)) {
      throw fault("--file", "is given, needs data.format json");
    }
    Label.Above above = stream.label().orElse(null) instanceof Label.Above label ? label : null;
    if (drifts && above == null) {
      throw fault("--drift-at", "is given, needs data.label above with --file");
    }
    return () -> CsvRowReader.open(file, key, above);
  }

  /** Of a data set, as float arrays. */
  static RowReader.Source floats(StreamSettings stream, RunSpecification other, boolean drifts)
      throws SpecificationException, IOException {
    if (!(stream.format() instanceof FormatSettings.Floats floats)) {
      throw fault("--rows-of", "is given, needs data.format floats");
    }
    if (other.stream().isPresent()) {
      throw fault("--rows-of", "is a stream, must be a data set");
    }
    PreparedData prepared = PreparedData.open(other);
    int classes = prepared.network().loss().classes(prepared.network().outputWidth()).orElse(0);
    if (drifts && classes == 0) {
      throw fault("--drift-at", "is given, needs a data set of classes");
    }
    DataSet data = DataSets.read(prepared.training());
    FloatsFormat format = new FloatsFormat(floats.features(), floats.labels(), floats.order());
    return () -> new FloatRowReader(data, format, prepared.normalization(), classes);
  }

  private static SpecificationException fault(String key, String problem) {
    return new SpecificationException(List.of(Fault.of(key, problem)));
  }
}
