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
import dev.drey.worker.loss.BatchScore;
import dev.drey.worker.network.Network;
import dev.drey.worker.store.WorkerStores;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

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
  private final WorkerStores stores = new WorkerStores();
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
    this(Clock.systemUTC(), PROCESS_DATA, HeldKernels.ofThisProcess());
  }

  GradientHandler(Clock clock, DataCache data, HeldKernels held) {
    this.clock = clock;
    this.data = data;
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
    RowsFeed feed = RowsFeed.of(request.examples(), request.id().task(), request.network(), data);
    model.load(request.weights());
    long computing = System.nanoTime();
    Work work = compute(model.network(), feed, request);
    long computed = System.nanoTime();
    Blob blob = work.result() == null ? null : results.send(work.result(), request);
    return new WorkAnswer.Done(
        request.id(),
        request.weights().version(),
        feed.count(),
        work.score().lossSum(),
        work.score().correct(),
        work.score().absoluteErrorSum(),
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

  private static Work compute(Network network, RowsFeed feed, WorkRequest request)
      throws RefusedException {
    return switch (request.id().task()) {
      case GRADIENT -> {
        BatchScore score = network.gradient(feed, request.seed());
        checkLoss(score, network, feed, request, OptionalLong.of(request.seed()));
        Optional<String> tensor = network.gradientNotFinite();
        if (tensor.isPresent()) {
          throw notFinite(request, "the gradient of " + tensor.get() + " is NaN or infinite");
        }
        yield new Work(score, network.gradientBytes());
      }
      case EVALUATION -> {
        BatchScore score = network.evaluate(feed);
        checkLoss(score, network, feed, request, OptionalLong.empty());
        yield new Work(score, null);
      }
      case PREDICTION -> new Work(BatchScore.NONE, predict(network, feed));
    };
  }

  private static ByteBuffer predict(Network network, RowsFeed feed) {
    float[] outputs = new float[Math.multiplyExact(feed.count(), network.spec().outputWidth())];
    network.predict(feed, outputs);
    ByteBuffer bytes =
        ByteBuffer.allocate(outputs.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(outputs);
    return bytes;
  }

  private static void checkLoss(
      BatchScore score, Network network, RowsFeed feed, WorkRequest request, OptionalLong seed)
      throws RefusedException {
    if (!Double.isFinite(score.lossSum())) {
      String layer =
          network
              .outputNotFinite(feed, seed)
              .map(name -> ", as is the output of layer " + name)
              .orElse("");
      throw notFinite(request, "the loss is NaN or infinite" + layer);
    }
  }

  private static RefusedException notFinite(WorkRequest request, String what) {
    return new RefusedException(
        Reason.NOT_FINITE,
        "step %d slot %d: %s".formatted(request.id().step(), request.id().slot(), what));
  }

  /** What was computed, and the bytes that are to go back, if any. */
  private record Work(BatchScore score, @Nullable ByteBuffer result) {}
}
