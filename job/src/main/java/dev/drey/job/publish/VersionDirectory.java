package dev.drey.job.publish;

import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Writes the directory of a version, in any of Flink's file systems. The directory is complete when
 * its account exists, which is written last. In a local file system the directory is written under
 * a name that begins with a dot and then renamed, so that it appears complete. An object store
 * cannot rename, but shows each object only when it is completely written.
 */
final class VersionDirectory {

  private static final int BUFFER_BYTES = 1 << 16;

  private final FileSystem files;
  private final Path place;

  /**
   * @param place of the version's directory
   */
  VersionDirectory(Path place) throws IOException {
    this.files = place.getFileSystem();
    this.place = place;
  }

  /** The content of a file. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes the files of a directory, by name. */
  interface Writer {
    void write(String name, Content content) throws IOException;
  }

  /** All files of a directory except the account. */
  @FunctionalInterface
  interface Contents {
    void writeTo(Writer writer) throws IOException;
  }

  /** Writes or replaces the directory; does nothing if it has this account already. */
  void write(byte[] account, Contents contents) throws IOException {
    if (hasAccount(account)) {
      return;
    }
    boolean renames = !files.isDistributedFS();
    Path written =
        renames ? new Path(place.getParent(), "." + place.getName() + ".partial") : place;
    if (!renames) {
      files.delete(new Path(place, PublishedModel.ACCOUNT), false); // from here on incomplete
    }
    files.delete(written, true);
    contents.writeTo((name, content) -> write(new Path(written, name), content));
    write(new Path(written, PublishedModel.ACCOUNT), out -> out.write(account));
    if (renames) {
      files.delete(place, true);
      if (!files.rename(written, place)) {
        throw new IOException(written + " cannot be renamed to " + place);
      }
    }
  }

  private boolean hasAccount(byte[] account) throws IOException {
    try (InputStream in = files.open(new Path(place, PublishedModel.ACCOUNT))) {
      return Arrays.equals(in.readNBytes(account.length + 1), account);
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  private void write(Path file, Content content) throws IOException {
    try (OutputStream out =
        new BufferedOutputStream(
            files.create(file, FileSystem.WriteMode.OVERWRITE), BUFFER_BYTES)) {
      content.writeTo(out);
    }
  }
}
