package dev.drey.job.specification.workers;

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
 * @param memory of one worker; nothing if it is still to be planned
 * @param runtime where they run
 * @param function name or ARN of the Lambda function; there if the runtime is aws
 * @param region of the function; there if the runtime is aws
 * @param endpoint of the Lambda service, if not AWS's own for the region
 * @param timeout of one invocation
 * @param attempts at the same examples before these are suspect
 * @param patience with them
 * @param architecture that the function is priced for
 * @param reproducible whether hosts of different make are to compute the same bits
 */
public record WorkerSettings(
    int count,
    int concurrency,
    Optional<MemorySize> memory,
    WorkerRuntime runtime,
    Optional<String> function,
    Optional<String> region,
    Optional<URI> endpoint,
    Duration timeout,
    int attempts,
    PatienceSettings patience,
    Architecture architecture,
    boolean reproducible) {

  /** The keys of the section. */
  public static final Section<WorkerSettings> SECTION = WorkerKeys.SECTION;

  /** The key of {@link #count}, which keys of other sections depend on. */
  public static final Key<WorkerSettings, Integer> COUNT = WorkerKeys.COUNT;

  /** The most rows that one of the slots gets of so many, dealt out evenly. */
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

  /** A processor core's, or what the network needs if that is more. */
  public static MemorySize usualMemory(WorkerMemory needed) {
    return needed.totalMb() <= WorkerKeys.CORE_MEMORY.getMebiBytes()
        ? WorkerKeys.CORE_MEMORY
        : MemorySize.ofMebiBytes(needed.totalMb());
  }

  /** With so much memory, if none is given. */
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
            timeout,
            attempts,
            patience,
            architecture,
            reproducible);
  }

  /** What the workers' kernels are held to, or nothing for whichever suit their processors. */
  public Optional<Kernels> kernels() {
    return reproducible ? Optional.of(Kernels.AVX2) : Optional.empty();
  }
}
