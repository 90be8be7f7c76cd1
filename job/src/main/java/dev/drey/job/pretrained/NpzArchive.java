package dev.drey.job.pretrained;

import dev.drey.core.data.NpyArray;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Arrays as NumPy's savez and savez_compressed write them. One thread. */
final class NpzArchive implements Closeable {

  private static final int MOST_ARRAYS = 100_000;
  private static final String ENDING = ".npy";

  /** Such a name can be shown, and is part of a path. */
  private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,300}");

  private final Path file;
  private final ZipFile zip;

  private NpzArchive(Path file, ZipFile zip) {
    this.file = file;
    this.zip = zip;
  }

  static NpzArchive open(Path file) throws IOException {
    try {
      return new NpzArchive(file, new ZipFile(file.toFile()));
    } catch (ZipException e) {
      throw new IOException(file + " is no .npz file: " + e.getMessage(), e);
    }
  }

  /**
   * All arrays, in the order in which they were saved. Reads heads only; values can be read until
   * this is closed.
   */
  List<StoredArray> arrays() throws IOException {
    if (zip.size() > MOST_ARRAYS) {
      throw new IOException(file + " has " + zip.size() + " arrays, at most " + MOST_ARRAYS);
    }
    List<StoredArray> arrays = new ArrayList<>();
    for (ZipEntry entry : Collections.list(zip.entries())) {
      String name = entry.getName();
      if (!NAME.matcher(name).matches() || !name.endsWith(ENDING)) {
        throw new IOException(
            file + " has an entry that is not an array; numpy.savez writes arrays only");
      }
      arrays.add(array(entry, name.substring(0, name.length() - ENDING.length())));
    }
    return arrays;
  }

  private StoredArray array(ZipEntry entry, String name) throws IOException {
    try (InputStream in = stream(entry)) {
      List<Integer> shape = new ArrayList<>();
      for (long size : opened(entry, in).shape()) {
        if (size < 0 || size > Integer.MAX_VALUE) {
          throw new IOException(file + ": " + name + " has a dimension of " + size);
        }
        shape.add((int) size);
      }
      return new StoredArray(name, shape, () -> values(entry));
    }
  }

  private float[] values(ZipEntry entry) throws IOException {
    CRC32 crc = new CRC32();
    try (InputStream in = new CheckedInputStream(stream(entry), crc)) {
      float[] values = opened(entry, in).values(); // to the stream's end
      if (crc.getValue() != entry.getCrc()) {
        throw new IOException(shown(entry) + " is damaged: its checksum does not match");
      }
      return values;
    } catch (ZipException e) {
      throw new IOException(shown(entry) + " is damaged: " + e.getMessage(), e);
    }
  }

  private InputStream stream(ZipEntry entry) throws IOException {
    return new BufferedInputStream(zip.getInputStream(entry));
  }

  private NpyArray opened(ZipEntry entry, InputStream in) throws IOException {
    return NpyArray.open(shown(entry), entry.getSize(), in);
  }

  private Path shown(ZipEntry entry) {
    return Path.of(file + ":" + entry.getName());
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
