package dev.drey.worker;

import dev.drey.core.blob.Blob;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.protocol.FileGrants;
import dev.drey.core.protocol.Kernels;
import dev.drey.core.protocol.ProtocolException;
import dev.drey.core.protocol.ProtocolJson;
import dev.drey.core.protocol.WorkAnswer;
import dev.drey.core.protocol.WorkAnswer.Reason;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.worker.WorkHandler;
import dev.drey.worker.store.WorkerStores;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Serves requests with ND4J. Deterministic: on one machine the same request gives the same bits in
 * every instance, regardless of earlier requests; with {@link Kernels} set, it gives them on every
 * machine.
 *
 * <p>An instance caches the {@value #MODELS} compiled networks used last, with their weights; all
 * instances of a process share one {@link DataCache}.
 */
public final class GradientHandler implements WorkHandler {

  private static final int MODELS = 2;

  private static final FileGrants PROCESS_FILES = FileGrants.in(System.getenv());

  /** Shared by all instances, which is safe because data sets are immutable. */
  private static final DataCache PROCESS_DATA = new DataCache(PROCESS_FILES);

  private final Clock clock;
  private final DataCache data;
  private final Results results;
  private final HeldKernels held;
  private final WorkerStores stores;
  private final Map<NetworkSpec, Model> models =
      new LinkedHashMap<>(4, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<NetworkSpec, Model> eldest) {
          if (size() <= MODELS) {
            return false;
          }
          eldest.getValue().close();
          return true;
        }
      };

  /** The handler of a worker process. */
  public GradientHandler() {
    this(
        Clock.systemUTC(),
        PROCESS_DATA,
        new WorkerStores(PROCESS_FILES),
        HeldKernels.ofThisProcess());
  }

  GradientHandler(Clock clock, DataCache data, WorkerStores stores, HeldKernels held) {
    this.clock = clock;
    this.data = data;
    this.stores = stores;
    this.results = new Results(stores);
    this.held = held;
  }

  @Override
  public byte[] handle(byte[] message) {
    long start = System.nanoTime();
    WorkAnswer answer;
    try {
      answer = serve(ProtocolJson.decodeRequest(message), start);
    } catch (ProtocolException e) {
      answer = new WorkAnswer.Refused(Reason.BAD_REQUEST, String.valueOf(e.getMessage()));
    } catch (RefusedException e) {
      answer = e.answer();
    }
    return ProtocolJson.encode(answer);
  }

  private WorkAnswer serve(WorkRequest request, long start) throws RefusedException {
    checkLease(request);
    held.check(request.kernels());
    Model model = models.computeIfAbsent(request.network(), spec -> new Model(spec, stores));
    RowsFeed feed = RowsFeed.of(request.examples(), request.work(), request.network(), data);
    model.load(request.weights());
    long computing = System.nanoTime();
    RequestComputation.Result result =
        request.work().match(new RequestComputation(model.network(), feed, request));
    long computed = System.nanoTime();
    ByteBuffer bytes = result.bytes();
    Blob blob = bytes == null ? null : results.send(bytes, request);
    return new WorkAnswer.Done(
        request.id(),
        request.weights().version(),
        feed.count(),
        result.score().lossSum(),
        result.score().correct(),
        result.score().absoluteErrorSum(),
        blob,
        (computed - computing) / 1000,
        (System.nanoTime() - start) / 1000);
  }

  private void checkLease(WorkRequest request) throws RefusedException {
    long late = clock.millis() - request.lease();
    if (late > 0) {
      throw new RefusedException(
          Reason.LEASE_EXPIRED,
          "step %d slot %d: the lease ended %d ms ago, at %d"
              .formatted(request.id().step(), request.id().slot(), late, request.lease()));
    }
  }
}
