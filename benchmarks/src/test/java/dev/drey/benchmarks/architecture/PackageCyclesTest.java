package dev.drey.benchmarks.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PackageCyclesTest {

  @Test
  void noPackagesUseEachOther() throws IOException {
    Set<String> classes = SourceTree.files().keySet();

    Map<String, Set<String>> uses = CompiledClasses.uses(classes);

    assertThat(uses.keySet()).as("every class of the sources was looked at").isEqualTo(classes);
    assertThat(new PackageCycles(uses).texts()).isEmpty();
  }

  @Test
  void aCycleIsShownWithTheClassesThatMakeIt() {
    PackageCycles cycles =
        new PackageCycles(
            Map.of(
                "a.One", Set.of("a.Two", "a.b.Three"),
                "a.b.Three", Set.of("c.Four"),
                "c.Four", Set.of("a.Two", "d.Five"),
                "e.Six", Set.of("a.One")));

    assertThat(cycles.texts())
        .containsExactly(
            """
            packages use each other: a, a.b, c
              a -> a.b: One uses Three
              a.b -> c: Three uses Four
              c -> a: Four uses Two\
            """);
  }
}
