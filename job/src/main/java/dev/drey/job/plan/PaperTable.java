package dev.drey.job.plan;

import dev.drey.job.spec.key.SpecificationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * What Feng, Kudva, Da Silva and Hu (2018) measured: seconds per iteration of 100 workers under ten
 * structures, in two cases.
 */
public final class PaperTable {

  private static final String FILE = "feng2018-structures.csv";

  private PaperTable() {}

  /** Case A, then case B. */
  public static List<MeasuredCase> cases() {
    try (InputStream in =
        Objects.requireNonNull(PaperTable.class.getResourceAsStream(FILE), FILE)) {
      return Measurements.read(FILE, in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SpecificationException e) {
      throw new IllegalStateException(e);
    }
  }
}
