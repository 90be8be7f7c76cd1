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

/**
 * Evaluates a candidate and the published version on the same examples, by workers. For one thread.
 */
final class CandidateEvaluator implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CandidateEvaluator.class);

  private final Evaluator evaluator;
  private final Store store;
  private final String objects;
  private final List<Blob.Reference> uploads = new ArrayList<>();

  /**
   * Creates an evaluator, and deletes weights that an earlier one left in the store.
   *
   * @param evaluator sends requests to workers; closed with this, as is the store
   * @param objects prefix of the names of objects in the store
   */
  CandidateEvaluator(Evaluator evaluator, Store store, String objects) {
    this.evaluator = evaluator;
    this.store = store;
    this.objects = objects;
    try {
      store.deleteAll(objects);
    } catch (IOException e) {
      LOG.warn("the weights of an earlier evaluation cannot be deleted: {}", e.toString());
    }
  }

  /**
   * Starts a comparison. {@link #deleteUploads} must be called after it completed.
   *
   * @return completes on an arbitrary thread; fails if a version cannot be evaluated
   */
  CompletableFuture<Comparison> compare(Gate.Next.Compare pair) {
    Candidate candidate = pair.candidate();
    Candidate published = pair.published();
    int examples = pair.examples().size();
    try {
      return evaluator
          .losses(pair.examples(), List.of(upload(candidate), upload(published)))
          .thenApply(
              losses ->
                  new Comparison(published.version(), examples, losses.get(0), losses.get(1)));
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private Weights upload(Candidate candidate) throws IOException {
    float[] values = candidate.weights();
    Blob.Reference reference = store.put(objects + "v" + candidate.version(), values);
    uploads.add(reference);
    return new Weights(
        candidate.version(), List.of(new Weights.Part(new Range(0, values.length), reference)));
  }

  /** Fails the comparison in progress, and all later ones. Thread-safe. */
  void giveUp() {
    evaluator.giveUp();
  }

  /** Deletes the weights that the comparison put into the store. */
  void deleteUploads() {
    for (Blob.Reference reference : uploads) {
      try {
        store.delete(reference);
      } catch (IOException e) { // deleted at the end of the run, or by its next start
        LOG.warn("{} cannot be deleted: {}", reference.uri(), e.toString());
      }
    }
    uploads.clear();
  }

  @Override
  public void close() throws IOException {
    evaluator.close();
    deleteUploads();
    store.close();
  }
}
