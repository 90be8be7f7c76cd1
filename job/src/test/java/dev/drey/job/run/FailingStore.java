package dev.drey.job.run;

import dev.drey.core.blob.Blob;
import dev.drey.core.exchange.Store;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Fails the task that publishes some objects, and with it the job, once each.
 *
 * @param store that is meant
 * @param orders what fails
 */
record FailingStore(Store store, Orders orders) implements Store {

  /**
   * What fails.
   *
   * @param notes the directory where {@code failed<end>} is there once it has, and a file for each
   *     store that was opened
   * @param ends of objects' names, as {@code -shard0-v50}
   */
  record Orders(String notes, List<String> ends) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The usual parts of a run, but for that. */
    LocalSetup setup() {
      LocalSetup usual = LocalSetup.of(SmallRun.HOME);
      return new LocalSetup(
          usual.function(),
          usual.handler(),
          usual.nativeCache(),
          usual.classArchive(),
          UnaryOperator.identity(),
          provider -> new Provider(provider, this));
    }

    private boolean fail(String object) {
      return ends.stream().anyMatch(end -> object.endsWith(end) && isFirst(end));
    }

    private boolean isFirst(String end) {
      try {
        Files.createFile(Path.of(notes, "failed" + end));
        return true;
      } catch (IOException e) {
        return false;
      }
    }

    /** Whether all of it has happened. */
    boolean haveFailed() {
      return ends.stream().allMatch(end -> Files.exists(Path.of(notes, "failed" + end)));
    }

    /** How many stores there were: every start of the job opens new ones. */
    long opened() throws IOException {
      try (Stream<Path> files = Files.list(Path.of(notes))) {
        return files.filter(file -> file.getFileName().toString().startsWith("opened")).count();
      }
    }
  }

  /**
   * Orders.
   *
   * @param notes a directory that is there
   */
  static Orders failing(Path notes, String... ends) {
    return new Orders(notes.toString(), List.of(ends));
  }

  private record Provider(Store.Provider store, Orders orders) implements Store.Provider {
    private static final long serialVersionUID = 1L;

    @Override
    public Store open() throws IOException {
      Files.createTempFile(Path.of(orders.notes), "opened", "");
      return new FailingStore(store.open(), orders);
    }
  }

  @Override
  public void check() throws IOException {
    store.check();
  }

  @Override
  public Blob.Reference put(String name, ByteBuffer bytes) throws IOException {
    if (orders.fail(name)) {
      throw new IllegalStateException("as asked");
    }
    return store.put(name, bytes);
  }

  @Override
  public void read(Blob.Reference reference, ByteBuffer target) throws IOException {
    store.read(reference, target);
  }

  @Override
  public void delete(Blob.Reference reference) throws IOException {
    store.delete(reference);
  }

  @Override
  public void deleteAll(String namePrefix) throws IOException {
    store.deleteAll(namePrefix);
  }

  @Override
  public Map<String, String> list() throws IOException {
    return store.list();
  }

  @Override
  public void deleteListed(String name, String mark) throws IOException {
    store.deleteListed(name, mark);
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
