package dev.drey.operators.publish;

import dev.drey.core.blob.Blob;
import dev.drey.core.exchange.Store;
import dev.drey.core.parameters.Range;
import dev.drey.core.protocol.Weights;
import dev.drey.operators.dispatch.Evaluator;
import dev.drey.operators.publish.Verdict.Comparison;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a candidate and a published version evaluated side by side. Used by one thread. */
final class Comparer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Comparer.class);

  private final Evaluator evaluator;
  private final Store store;
  private final String objects;
  private final List<Blob.Reference> lent = new ArrayList<>();

  /**
   * Deletes what was left of one before.
   *
   * @param evaluator closed with this, as is the store
   * @param objects begins the names of what is put into the store
   */
  Comparer(Evaluator evaluator, Store store, String objects) {
    this.evaluator = evaluator;
    this.store = store;
    this.objects = objects;
    try {
      store.deleteAll(objects);
    } catch (IOException e) {
      LOG.warn("what was left of an evaluation cannot be deleted: {}", e.toString());
    }
  }

  /**
   * Compares. {@link #done} is to be called once it is over.
   *
   * @return completed on any thread; fails if a version cannot be evaluated
   */
  CompletableFuture<Comparison> compare(Gate.Next.Compare pair) {
    Candidate candidate = pair.candidate();
    Candidate published = pair.published();
    int examples = pair.examples().size();
    try {
      return evaluator
          .losses(pair.examples(), List.of(lend(candidate), lend(published)))
          .thenApply(
              losses ->
                  new Comparison(published.version(), examples, losses.get(0), losses.get(1)));
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private Weights lend(Candidate candidate) throws IOException {
    float[] values = candidate.weights();
    Blob.Reference reference = store.put(objects + "v" + candidate.version(), values);
    lent.add(reference);
    return new Weights(
        candidate.version(), List.of(new Weights.Part(new Range(0, values.length), reference)));
  }

  /** Takes the weights back. */
  void done() {
    for (Blob.Reference reference : lent) {
      try {
        store.delete(reference);
      } catch (IOException e) { // the run deletes it at its end, or its next start
        LOG.warn("{} cannot be deleted: {}", reference.uri(), e.toString());
      }
    }
    lent.clear();
  }

  @Override
  public void close() throws IOException {
    evaluator.close();
    done();
    store.close();
  }
}
