package dev.drey.job.run;

import dev.drey.core.aggregation.Structure;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Advises a structure once a step is reached, and knows when the run has taken the advice: a step
 * that the test holds back until then is the last one before the change.
 */
final class ChangeWatch implements StructureAdvisor, ProgressListener {

  /** One answer may have been under way already when the advice was given. */
  private static final int SURE = 3;

  private final Watch watch = new Watch();
  private final TreeMap<Long, Structure> advices = new TreeMap<>();
  private final List<LoopObservation> observations = new ArrayList<>();
  private int toldSince;
  private long advisedAt = -1;

  /**
   * @param advices structures by the step at which they are advised
   */
  ChangeWatch(Map<Long, Structure> advices) {
    this.advices.putAll(advices);
  }

  @Override
  public synchronized Optional<Advice> advise(LoopObservation observation) {
    observations.add(observation);
    var due = advices.floorEntry(observation.step());
    if (due == null || due.getValue().equals(observation.structure())) {
      return Optional.empty();
    }
    advisedAt = observation.step();
    toldSince = 0;
    return Optional.of(
        new Advice(due.getValue(), OptionalDouble.of(0.046), OptionalDouble.of(0.07)));
  }

  /** Waits until an advice given at the step is being followed. */
  void awaitPause(long step) throws Exception {
    Watch.until("a pause at " + step, () -> isPausing(step));
  }

  /** Waits until whoever waits meanwhile has looked around again. */
  void awaitTold() throws Exception {
    synchronized (this) {
      toldSince = 0;
    }
    Watch.until("progress", this::isTold);
  }

  private synchronized boolean isTold() {
    return toldSince >= SURE;
  }

  private synchronized boolean isPausing(long step) {
    return advisedAt == step && toldSince >= SURE;
  }

  synchronized List<LoopObservation> observations() {
    return List.copyOf(observations);
  }

  Watch watch() {
    return watch;
  }

  List<String> notes() {
    return watch.notes();
  }

  @Override
  public void started(URI webInterface) {
    watch.started(webInterface);
  }

  @Override
  public void noted(String sentence) {
    watch.noted(sentence);
  }

  @Override
  public synchronized void progressed(RunStatus progress) {
    toldSince++;
    watch.progressed(progress);
  }
}
