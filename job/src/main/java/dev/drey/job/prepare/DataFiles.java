package dev.drey.job.prepare;

import dev.drey.core.data.DataSets;
import dev.drey.core.data.DataSource;
import dev.drey.job.specification.data.DataSettings;
import dev.drey.job.specification.data.TestSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The files of one data set, with the keys that name them.
 *
 * @param section the key above them: "data" or "data.test"
 */
record DataFiles(
    DataSettings.Format format,
    String section,
    Optional<Path> features,
    Optional<Path> labels,
    Optional<Path> file,
    List<String> featureColumns,
    List<String> labelColumns) {

  static DataFiles training(DataSettings data) {
    return of(data, "data", data.features(), data.labels(), data.file());
  }

  static DataFiles test(DataSettings data) {
    TestSettings test = data.test();
    return of(data, "data.test", test.features(), test.labels(), test.file());
  }

  private static DataFiles of(
      DataSettings data,
      String section,
      Optional<Path> features,
      Optional<Path> labels,
      Optional<Path> file) {
    return new DataFiles(
        data.format(),
        section,
        features,
        labels,
        file,
        data.featureColumns().orElse(List.of()),
        data.labelColumns().orElse(List.of()));
  }

  /** A reference to the files in their present state. */
  DataSource source() throws IOException {
    return switch (format) {
      case IDX ->
          new DataSource.Idx(
              DataSets.reference(features.orElseThrow()), DataSets.reference(labels.orElseThrow()));
      case NPY ->
          new DataSource.Npy(
              DataSets.reference(features.orElseThrow()), DataSets.reference(labels.orElseThrow()));
      case CSV ->
          new DataSource.Csv(DataSets.reference(file.orElseThrow()), featureColumns, labelColumns);
    };
  }

  String featuresKey() {
    return section + (format == DataSettings.Format.CSV ? ".file" : ".features");
  }

  String labelsKey() {
    return section + (format == DataSettings.Format.CSV ? ".file" : ".labels");
  }

  /** The key of the file that a message is about; messages start with the file's path. */
  String keyOf(String message) {
    boolean aboutLabels = labels.isPresent() && message.startsWith(labels.get().toString());
    return aboutLabels ? labelsKey() : featuresKey();
  }
}
