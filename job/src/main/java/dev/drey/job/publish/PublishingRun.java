package dev.drey.job.publish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * The run that publishes into a directory, which takes the versions of one run only: two would
 * replace each other's versions.
 *
 * @param name of the run
 * @param id of the run, which it keeps when it resumes
 */
public record PublishingRun(String name, String id) implements Serializable {

  private static final long serialVersionUID = 1L;

  static final String NAME = "run";
  static final String ID = "runId";

  /**
   * Describes the other run to which a version belongs; empty if the place has no complete version,
   * or one of this run. Versions from before they had an id belong to the run of their name.
   *
   * @param place the version's directory
   */
  Optional<String> other(Path place) throws IOException {
    Optional<ObjectNode> account = account(place);
    if (account.isEmpty() || isMine(account.get())) {
      return Optional.empty();
    }
    return Optional.of(describe(place, account.get()) + "; this run has the id " + id);
  }

  private boolean isMine(ObjectNode account) {
    return account.hasNonNull(ID)
        ? account.get(ID).asText().equals(id)
        : account.path(NAME).asText().equals(name);
  }

  /**
   * Describes the newest complete version in a directory; empty if it has none.
   *
   * @param directory a URI of one of Flink's file systems
   */
  public static Optional<String> newest(String directory) throws IOException {
    Optional<Path> newest = newestPlace(new Path(directory));
    return newest.isEmpty()
        ? Optional.empty()
        : Optional.of(describe(newest.get(), account(newest.get()).orElseThrow()));
  }

  /**
   * Describes the other run to which the newest complete version in a directory belongs; empty if
   * it has none, or one of this run.
   */
  public Optional<String> otherIn(String directory) throws IOException {
    Optional<Path> newest = newestPlace(new Path(directory));
    return newest.isEmpty() ? Optional.empty() : other(newest.get());
  }

  private static Optional<Path> newestPlace(Path directory) throws IOException {
    FileSystem files = directory.getFileSystem();
    FileStatus[] found;
    try {
      found = files.listStatus(directory);
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
    List<Path> versions =
        Arrays.stream(found == null ? new FileStatus[0] : found)
            .map(FileStatus::getPath)
            .filter(path -> PublishedModel.isName(path.getName()))
            .sorted(Comparator.comparing(Path::getName).reversed())
            .toList();
    for (Path version : versions) {
      if (account(version).isPresent()) {
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }

  /** Empty if there is none, or if it was left half written. */
  private static Optional<ObjectNode> account(Path place) throws IOException {
    if (!place.getFileSystem().exists(new Path(place, PublishedModel.ACCOUNT))) {
      return Optional.empty();
    }
    try {
      return Optional.of(PublishedModel.readAccount(place));
    } catch (DamagedAccountException e) {
      return Optional.empty();
    }
  }

  private static String describe(Path place, ObjectNode account) {
    return "%s is of the run %s%s"
        .formatted(
            place,
            account.path(NAME).asText(),
            account.hasNonNull(ID) ? " with the id " + account.get(ID).asText() : "");
  }
}
