package dev.drey.worker;

import dev.drey.core.blob.Blob;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.protocol.Kernels;
import dev.drey.core.protocol.ProtocolException;
import dev.drey.core.protocol.ProtocolJson;
import dev.drey.core.protocol.WorkAnswer;
import dev.drey.core.protocol.WorkAnswer.Reason;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.worker.WorkHandler;
import dev.drey.worker.blob.Blobs;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Serves requests with ND4J. The same request gives the same bits in every instance on one machine,
 * whatever was computed before, and on every machine where it asks for {@link Kernels}.
 *
 * <p>An instance keeps its last {@value #MODELS} compiled networks with their weights; all
 * instances of the process share the data sets of one {@link DataCache}.
 */
public final class GradientHandler implements WorkHandler {

  private static final int MODELS = 2;

  /** Data sets never change, so that sharing them shares no state but memory. */
  private static final DataCache PROCESS_DATA = new DataCache();

  private final Clock clock;
  private final DataCache data;
  private final Results results;
  private final HeldKernels held;
  private final Blobs blobs = Blobs.all();
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
    this(Clock.systemUTC(), UUID::randomUUID, PROCESS_DATA, HeldKernels.ofThisProcess());
  }

  GradientHandler(Clock clock, Supplier<UUID> names, DataCache data, HeldKernels held) {
    this.clock = clock;
    this.data = data;
    this.results = new Results(blobs, names);
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
    Model model = models.computeIfAbsent(request.network(), spec -> new Model(spec, blobs));
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
