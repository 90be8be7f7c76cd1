package dev.drey.benchmarks.chaos;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** A run into which faults are injected, one after another, at random moments. */
final class ChaosRun {

  /** Mean number of steps from one fault to the next. */
  static final int STEPS_PER_FAULT = 30;

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(4);
  private static final long POLL_MILLIS = 5;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration BUSY = Duration.ofSeconds(3);

  private final ChaosSite site;
  private final Duration outage;
  private final Random random;
  private final StepCount steps;
  private final TrainingProcess process;
  private long highest;

  private ChaosRun(ChaosSite site, Path run, Duration outage, long seed) throws IOException {
    this.site = site;
    this.outage = outage;
    this.random = new Random(seed);
    this.steps = new StepCount(run.resolve("curve.csv"));
    this.process = new TrainingProcess(site, run, outage);
  }

  /** How many steps a run needs to have room for so many faults. */
  static long steps(int faults) {
    return (long) (faults + 2) * STEPS_PER_FAULT;
  }

  /**
   * Runs to the end.
   *
   * @param run the run's directory
   * @param faults how many
   * @param listener called after each
   * @return what each cost
   * @throws IOException if the run hangs, or fails
   */
  static List<Recovery> of(
      ChaosSite site, Path run, int faults, Duration outage, long seed, Consumer<Recovery> listener)
      throws Exception {
    ChaosRun chaos = new ChaosRun(site, run, outage, seed);
    try (chaos.process) {
      List<Recovery> recoveries = new ArrayList<>();
      for (InjectedFault fault : chaos.sequence(faults)) {
        long at = (long) recoveries.size() * STEPS_PER_FAULT + 1;
        long step = at + chaos.random.nextInt(STEPS_PER_FAULT);
        chaos.until("step " + step, () -> chaos.look() >= step);
        Recovery recovery = chaos.suffer(fault);
        recoveries.add(recovery);
        listener.accept(recovery);
      }
      chaos.process.await(LONGEST_WAIT);
      return recoveries;
    }
  }

  /** All kinds in a random order, again and again. */
  private List<InjectedFault> sequence(int faults) {
    List<InjectedFault> sequence = new ArrayList<>();
    while (sequence.size() < faults) {
      List<InjectedFault> kinds = new ArrayList<>(List.of(InjectedFault.values()));
      kinds.removeIf(kind -> site.isStream() && !kind.isForStreams());
      Collections.shuffle(kinds, random);
      sequence.addAll(kinds);
    }
    return sequence.subList(0, faults);
  }

  private Recovery suffer(InjectedFault fault) throws Exception {
    long before = highest;
    long[] lowest = {before};
    long start = System.nanoTime();
    if (fault.site() == InjectedFault.Site.PROCESS) {
      fromOutside(fault);
    } else {
      site.orders().give(fault);
      until(fault + " has happened", () -> !site.orders().isOpen(fault));
    }
    until(
        "a step after " + fault,
        () -> {
          long now = look();
          lowest[0] = Math.min(lowest[0], now);
          return now > before + 1;
        });
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Recovery(fault, seconds, before - lowest[0]);
  }

  private void fromOutside(InjectedFault fault) throws Exception {
    switch (fault) {
      case PROGRAM_KILLED -> {
        until("a checkpoint", () -> !process.checkpoints().isEmpty());
        process.kill();
        process.resume(outage);
      }
      case CHECKPOINT_DAMAGED -> {
        until("two checkpoints", () -> process.checkpoints().size() > 1);
        process.kill();
        List<Path> checkpoints = process.checkpoints();
        cutInHalf(checkpoints.get(checkpoints.size() - 1));
        process.resume(outage);
      }
      case DATA_CHANGED -> {
        until("a checkpoint", () -> !process.checkpoints().isEmpty());
        process.kill();
        byte[] labels = Files.readAllBytes(site.labels());
        Files.write(site.labels(), new byte[] {1}, StandardOpenOption.APPEND);
        process.resumeInVain(outage, site.labels().toString());
        Files.write(site.labels(), labels);
        process.resume(outage);
      }
      case MACHINE_BUSY -> occupyProcessors();
      case WORKER_KILLED -> anyWorker().destroyForcibly();
      case WORKER_PAUSED -> {
        ProcessHandle worker = anyWorker();
        signal(worker, "STOP");
        Thread.sleep(PAUSE.toMillis());
        signal(worker, "CONT");
      }
      default -> throw new IllegalArgumentException(fault + " does not come from outside");
    }
  }

  private ProcessHandle anyWorker() throws Exception {
    until("workers", () -> !process.workers().isEmpty());
    List<ProcessHandle> workers = process.workers();
    return workers.get(random.nextInt(workers.size()));
  }

  private static void cutInHalf(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() / 2);
    }
  }

  /** As many threads compute for a while as there are processors. */
  private static void occupyProcessors() throws InterruptedException {
    long end = System.nanoTime() + BUSY.toNanos();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      Thread thread =
          new Thread(
              () -> {
                while (System.nanoTime() < end) {
                  Thread.onSpinWait();
                }
              },
              "chaos-busy");
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void signal(ProcessHandle worker, String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, String.valueOf(worker.pid())).start().waitFor();
  }

  private long look() throws IOException {
    long now = steps.last();
    highest = Math.max(highest, now);
    return now;
  }

  private void until(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (!condition.call()) {
      if (!process.isAlive()) {
        throw new IOException("the run ended before " + what + ":\n" + process.lastLines());
      }
      if (System.nanoTime() > end) {
        throw new IOException(
            "the run hangs: not within "
                + LONGEST_WAIT.toSeconds()
                + " s: "
                + what
                + "\n"
                + process.lastLines());
      }
      Thread.sleep(POLL_MILLIS);
    }
  }
}
