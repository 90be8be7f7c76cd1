package dev.drey.worker;

import dev.drey.core.blob.Blob;
import dev.drey.core.data.DataSet;
import dev.drey.core.data.DataSets;
import dev.drey.core.data.DataSource;
import dev.drey.core.protocol.FileGrants;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A cache of the {@value #SIZE} data sets used last, entirely in memory. Thread-safe; callers block
 * while a data set is read, so that none is read twice.
 */
final class DataCache {

  private static final int SIZE = 4;

  private final Map<DataSource, DataSet> sets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DataSource, DataSet> eldest) {
          return size() > SIZE;
        }
      };

  private final FileGrants grants;

  /**
   * @param grants the files that may be read
   */
  DataCache(FileGrants grants) {
    this.grants = grants;
  }

  /**
   * The data set, read if it is not cached.
   *
   * @throws dev.drey.core.protocol.FileNotGrantedException if one of its files may not be opened
   * @throws IOException as {@link DataSets#read}; a failure is not cached
   */
  synchronized DataSet get(DataSource source) throws IOException {
    DataSet set = sets.get(source);
    if (set == null) {
      for (Blob.Reference file : source.objects()) {
        grants.check(file.uri());
      }
      set = DataSets.read(source);
      sets.put(source, set);
    }
    return set;
  }
}
