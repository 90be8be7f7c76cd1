package dev.drey.job.spec;

import dev.drey.job.spec.key.Fault;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;

/** Proves that what leaves a run has somewhere to go. Used once. */
final class OutputCheck {

  private final OutputSettings output;
  private final List<Fault> faults = new ArrayList<>();

  OutputCheck(OutputSettings output) {
    this.output = output;
  }

  List<Fault> faults() {
    output.publish().flatMap(PublishSettings::to).ifPresent(this::checkFileSystem);
    return faults;
  }

  private void checkFileSystem(URI to) {
    try {
      FileSystem.get(to);
    } catch (UnsupportedFileSystemSchemeException e) {
      faults.add(
          Fault.of(
              "output.publish.to",
              "is %s, and Flink has no file system %s: here its plugin must be in FLINK_PLUGINS_DIR"
                  .formatted(to, to.getScheme())));
    } catch (IOException e) {
      faults.add(Fault.of("output.publish.to", "is " + to + ", which cannot be used: " + e));
    }
  }
}
