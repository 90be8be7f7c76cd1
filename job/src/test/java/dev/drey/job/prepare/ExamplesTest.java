package dev.drey.job.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.network.NetworkSpec;
import dev.drey.job.specification.RunSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files of examples/, each over its own data. */
class ExamplesTest {

  private static final Path HOME = Path.of("..");

  @Test
  void everyExampleFitsItsData() throws Exception {
    List<String> found = new ArrayList<>();
    for (Path file : list(HOME.resolve("examples"))) {
      if (file.toString().endsWith(".yaml")) {
        found.add(file.getFileName() + ": " + description(file));
      }
    }

    assertThat(found)
        .containsExactlyInAnyOrder(
            "fashion-lenet.yaml: [1, 28, 28], 431080 parameters, 8000 + 2000 rows",
            "fashion-mlp.yaml: [784], 535818 parameters, 8000 + 2000 rows",
            "fashion-stream.yaml: [784], 50890 parameters, a stream",
            "fashion-tree.yaml: [784], 535818 parameters, 8000 + 2000 rows",
            "flights-stream.yaml: [133], 8706 parameters, a stream",
            "weather-mlp.yaml: [4], 4545 parameters, 7007 + 1752 rows",
            "words-lstm.yaml: [12], 50885 parameters, 10000 + 2500 rows");
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private static String description(Path file) throws Exception {
    RunSpecification specification = RunSpecification.read(file, Map.of());
    if (specification.stream().isPresent()) {
      NetworkSpec network =
          new StreamDataCheck(specification, kafka -> Map.of("topic", 2)).run().network();
      return String.format(
          "%s, %d parameters, a stream", network.input(), network.parameterCount());
    }
    PreparedData data = PreparedData.open(specification);
    NetworkSpec network = data.network();
    int train = data.split().train().length;
    int test = data.split().test().length;
    return String.format(
        "%s, %d parameters, %d + %d rows", network.input(), network.parameterCount(), train, test);
  }

  @Test
  void everyDataSetIsInTheNotice() throws Exception {
    String notice = Files.readString(HOME.resolve("NOTICE"));

    for (Path data : list(HOME.resolve("examples/data"))) {
      assertThat(notice).contains("examples/data/" + data.getFileName() + " ");
    }
  }
}
