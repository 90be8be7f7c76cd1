package dev.drey.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drey.job.run.SmallRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A scanner of known vulnerabilities that reads a module's bill of materials sees all it ships. */
class ShippedJarsITCase {

  private static final Pattern CLASSIFIER = Pattern.compile("[?&]classifier=([^&]+)");

  @ParameterizedTest
  @CsvSource({"job/target, lib", "worker/target, function/lib"})
  void theBillOfMaterialsListsTheJarsThatAreShipped(String target, String lib) throws Exception {
    Path directory = SmallRun.HOME.resolve(target);

    assertThat(listed(directory.resolve("bom.json"))).isEqualTo(shipped(directory.resolve(lib)));
  }

  private static Set<String> listed(Path bom) throws IOException {
    Set<String> names = new TreeSet<>();
    for (JsonNode component : new ObjectMapper().readTree(bom.toFile()).required("components")) {
      Matcher classifier = CLASSIFIER.matcher(component.required("purl").asText());
      names.add(
          component.required("name").asText()
              + "-"
              + component.required("version").asText()
              + (classifier.find() ? "-" + classifier.group(1) : "")
              + ".jar");
    }
    return names;
  }

  /** Without the module's own jar. */
  private static Set<String> shipped(Path lib) throws IOException {
    try (Stream<Path> jars = Files.list(lib)) {
      return jars.map(jar -> jar.getFileName().toString())
          .filter(name -> !name.matches("drey-(job|worker)-.*"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
