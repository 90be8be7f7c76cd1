package dev.drey.worker;

import dev.drey.core.blob.Blob;
import dev.drey.core.data.DataSource;
import dev.drey.core.data.Normalization;
import dev.drey.core.layer.Activation;
import dev.drey.core.network.Loss;
import dev.drey.core.network.NetworkSpec;
import dev.drey.core.protocol.Examples;
import dev.drey.core.protocol.ProtocolJson;
import dev.drey.core.protocol.Weights;
import dev.drey.core.protocol.WorkAnswer;
import dev.drey.core.work.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Times the handler on the MLP 784-512-256-10 with weights and gradients in files under /dev/shm.
 * Arguments: [calls [batch]]. Prints medians and best cases in microseconds, the process's memory,
 * and the gradients' checksums, which are the same in every process on one machine.
 */
final class WorkerTiming {

  private static final NetworkSpec MLP =
      TestingRequests.mlp(
          new Loss.SoftmaxCrossEntropy(), Activation.RELU, List.of(784), 512, 256, 10);

  private static final int[] BATCHES = {32, 128, 512};

  private WorkerTiming() {}

  public static void main(String[] args) throws IOException {
    int calls = args.length > 0 ? Integer.parseInt(args[0]) : 300;
    Path directory = Files.createTempDirectory(Path.of("/dev/shm"), "drey-timing");
    try {
      int[] batches = args.length > 1 ? new int[] {Integer.parseInt(args[1])} : BATCHES;
      for (int batch : batches) {
        time(new TestingRequests(directory), batch, calls);
      }
    } finally {
      try (var files = Files.list(directory)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(directory);
    }
  }

  private static void time(TestingRequests requests, int batch, int calls) throws IOException {
    int rows = 1000;
    DataSource data =
        requests.data(
            784,
            TestingRequests.random(1, rows * 784),
            1,
            TestingRequests.randomClasses(2, rows, 10));
    // Two versions in turn, so that every call reads its weights.
    Weights[] weights = {
      requests.byReference(0, MLP.initialParameters(1)),
      requests.byReference(1, MLP.initialParameters(2))
    };
    int[] picked = new SplittableRandom(3).ints(batch, 0, rows).toArray();
    Examples examples = new Examples.Rows(data, Normalization.NONE, picked);
    GradientHandler handler = new GradientHandler();
    List<Long> whole = new ArrayList<>();
    List<Long> compute = new ArrayList<>();
    List<Long> rest = new ArrayList<>();
    Set<String> checksums = new TreeSet<>(); // one per version: the same bits in all calls
    for (int i = 0; i < calls; i++) {
      byte[] message =
          ProtocolJson.encode(requests.request(Work.Kind.GRADIENT, MLP, weights[i % 2], examples));
      long start = System.nanoTime();
      byte[] answer = handler.handle(message);
      whole.add((System.nanoTime() - start) / 1000);
      WorkAnswer.Done done = (WorkAnswer.Done) ProtocolJson.decodeAnswer(answer);
      compute.add(done.computeMicros());
      rest.add(whole.get(i) - done.computeMicros());
      if (done.result() instanceof Blob.Reference reference) {
        checksums.add(i % 2 + ":" + reference.crc32c());
        Files.delete(Path.of(reference.uri()));
      }
      if (i > 0 && i % 1000 == 0) {
        System.out.println(i + " calls, resident " + residentMegabytes() + " MB");
      }
    }
    System.out.printf(
        "batch %4d: compute %d us (best %d), rest of the handler %d us (best %d),"
            + " first call %d us, resident %d MB, gradients %s%n",
        batch,
        median(compute),
        Collections.min(compute),
        median(rest),
        Collections.min(rest),
        whole.get(0),
        residentMegabytes(),
        checksums);
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  private static long residentMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }
}
