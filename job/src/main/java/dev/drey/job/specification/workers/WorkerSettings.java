package dev.drey.job.specification.workers;

import dev.drey.connectors.secret.Secret;
import dev.drey.core.network.WorkerMemory;
import dev.drey.core.protocol.Kernels;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.Section;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.configuration.MemorySize;

/**
 * Who computes the gradients.
 *
 * @param count slots of a step
 * @param concurrency most invocations in flight
 * @param memory of one worker; empty if it is still to be planned
 * @param runtime where they run
 * @param function name or ARN of the Lambda function; present if the runtime is aws
 * @param region of the function; present if the runtime is aws
 * @param endpoint of the Lambda service, if not AWS's own for the region
 * @param token that the service at the endpoint demands of its callers
 * @param timeout of one invocation
 * @param attempts with the same examples before faulty ones among them are isolated
 * @param patience how long to wait for workers
 * @param architecture that the function is priced for
 * @param reproducible whether hosts with different processors must compute the same bits
 */
public record WorkerSettings(
    int count,
    int concurrency,
    Optional<MemorySize> memory,
    WorkerRuntime runtime,
    Optional<String> function,
    Optional<String> region,
    Optional<URI> endpoint,
    Optional<Secret> token,
    Duration timeout,
    int attempts,
    PatienceSettings patience,
    Architecture architecture,
    boolean reproducible) {

  /** The keys of the section. */
  public static final Section<WorkerSettings> SECTION = WorkerKeys.SECTION;

  /** The key of {@link #count}, which keys of other sections depend on. */
  public static final Key<WorkerSettings, Integer> COUNT = WorkerKeys.COUNT;

  /** The largest number of rows of a slot if the rows are divided evenly among the slots. */
  public int share(int rows) {
    return -Math.floorDiv(-rows, count);
  }

  /**
   * Memory of one worker, MB.
   *
   * @throws IllegalStateException if it is still to be planned
   */
  public int memoryMb() {
    return memory
        .orElseThrow(() -> new IllegalStateException("workers.memory is not planned yet"))
        .getMebiBytes();
  }

  /** The memory of one processor core, or what the network needs if that is more. */
  public static MemorySize usualMemory(WorkerMemory needed) {
    return needed.totalMb() <= WorkerKeys.CORE_MEMORY.getMebiBytes()
        ? WorkerKeys.CORE_MEMORY
        : MemorySize.ofMebiBytes(needed.totalMb());
  }

  /** Sets the memory of a worker, if none is given. */
  public WorkerSettings with(MemorySize size) {
    return memory.isPresent()
        ? this
        : new WorkerSettings(
            count,
            concurrency,
            Optional.of(size),
            runtime,
            function,
            region,
            endpoint,
            token,
            timeout,
            attempts,
            patience,
            architecture,
            reproducible);
  }

  /** The kernels that workers are restricted to; empty for those that suit their processors. */
  public Optional<Kernels> kernels() {
    return reproducible ? Optional.of(Kernels.AVX2) : Optional.empty();
  }
}
