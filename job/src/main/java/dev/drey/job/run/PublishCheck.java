package dev.drey.job.run;

import dev.drey.job.publish.PublishingRun;
import dev.drey.job.specification.PublishSettings;
import dev.drey.job.specification.RunSpecification;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.SpecificationException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Proves that the directory to which a run publishes has no versions of another run. */
public final class PublishCheck {

  private PublishCheck() {}

  /**
   * Looks at the newest version there.
   *
   * @param directory of the run; a run that has been there before continues with its versions
   * @throws SpecificationException if the versions are another run's
   */
  public static void check(RunSpecification specification, Path directory)
      throws SpecificationException, IOException {
    Optional<URI> to = specification.output().publish().flatMap(PublishSettings::to);
    if (to.isEmpty()) {
      return; // below the run's own directory
    }
    Optional<UUID> id = RunIdFile.read(directory);
    String place = to.get().toString();
    Optional<String> other =
        id.isPresent()
            ? new PublishingRun(specification.name(), id.get().toString()).otherIn(place)
            : PublishingRun.newest(place);
    if (other.isPresent()) {
      throw new SpecificationException(
          List.of(
              Fault.of(
                  "output.publish.to",
                  "is %s, which has versions of another run: %s. Choose another directory"
                      .formatted(place, other.get()))));
    }
  }
}
