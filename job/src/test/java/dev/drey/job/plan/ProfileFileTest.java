package dev.drey.job.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.drey.core.plan.Profile;
import dev.drey.core.plan.Transfer;
import dev.drey.core.plan.TreeConstants;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileFileTest {

  @TempDir private Path directory;

  private static byte[] text(Profile profile) {
    return ProfileFile.write(profile).toPrettyString().getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsWrittenIsReadAgain() throws Exception {
    Profile unlimited =
        Profile.LOCAL.withTree(
            new TreeConstants(0, Double.POSITIVE_INFINITY, Transfer.fixed(0.001)));

    assertThat(ProfileFile.parse(text(Profile.LOCAL))).isEqualTo(Profile.LOCAL);
    assertThat(ProfileFile.parse(text(Profile.AWS_LAMBDA))).isEqualTo(Profile.AWS_LAMBDA);
    assertThat(ProfileFile.parse(text(unlimited))).isEqualTo(unlimited);
  }

  @Test
  void everyFaultIsToldWithItsKey() throws Exception {
    String wrong =
        new String(text(Profile.AWS_LAMBDA), StandardCharsets.UTF_8)
            .replaceFirst("\"fixedSeconds\" : [0-9.]+", "\"fixedSeconds\" : -1")
            .replace("\"concurrency\" : 1000", "\"concurency\" : 1000")
            .replaceFirst("\"stragglerSpread\" : [0-9.]+", "\"stragglerSpread\" : \"much\"");
    Path file = Files.writeString(directory.resolve("profile.json"), wrong);

    assertThatExceptionOfType(SpecificationException.class)
        .isThrownBy(() -> ProfileFile.read(file))
        .extracting(SpecificationException::faults)
        .extracting(faults -> faults.stream().map(Fault::toString).toList())
        .asInstanceOf(type(List.class))
        .satisfies(
            faults ->
                assertThat(faults.toString())
                    .contains("profile.json: slot.speed.fixedSeconds: is -1, must be a number of")
                    .contains("slot.stragglerSpread: is \"much\", must be a number of at least 0")
                    .contains("limits.concurency: is not a key of this section; did you mean")
                    .contains("limits.concurrency: is missing"));
  }

  @Test
  void aFileThatIsNotThereIsAFault() {
    assertThatExceptionOfType(SpecificationException.class)
        .isThrownBy(() -> ProfileFile.read(directory.resolve("none.json")))
        .withMessageEndingWith("none.json: does not exist");
  }
}
