package dev.drey.operators.server;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.Dropped;
import dev.drey.core.aggregation.PartialSum;
import dev.drey.core.aggregation.Tally;
import dev.drey.core.prequential.Prequential;
import dev.drey.core.prequential.PrequentialScore;
import dev.drey.operators.coordination.Progress;
import dev.drey.operators.coordination.StepPolicy;
import java.time.Clock;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the account of a whole run and reports on it: a record per step, evaluation, drift and dead
 * letter, the progress that is announced, and the values of {@link RunMetrics}. Exists in one task,
 * the one with the first shard. Used by the task's thread; metrics are read by others.
 */
final class RunReporter implements StepObserver {

  private static final Logger LOG = LoggerFactory.getLogger(RunReporter.class);
  private static final double MILLIS_PER_SECOND = 1000.0;

  private final ServerSettings settings;
  private final StepPolicy policy;
  private final ServerOutput output;
  private final Clock clock;
  private final StepTimer timer;
  private final RunAccount account;
  private final Prequential prequential;
  private final CheckpointLag lag;
  private final Counter trained = new SimpleCounter();
  private volatile PrequentialScore window;
  private volatile StepReport.Ages ages = StepReport.Ages.NONE;

  /**
   * What of it is in a checkpoint.
   *
   * @param progress of the run
   * @param prequential error before training; owned by the reporter
   */
  record State(Progress progress, Prequential prequential) {}

  /**
   * Where time comes from.
   *
   * @param clock of the machine
   * @param nanoTime as {@link System#nanoTime}
   */
  record Time(Clock clock, LongSupplier nanoTime) {

    static final Time SYSTEM = new Time(Clock.systemUTC(), System::nanoTime);
  }

  RunReporter(
      ServerSettings settings, StepPolicy policy, State state, Time time, ServerOutput output) {
    this.settings = settings;
    this.policy = policy;
    this.output = output;
    this.clock = time.clock;
    this.timer = new StepTimer(time.nanoTime);
    this.account =
        new RunAccount(
            state.progress,
            clock,
            timer,
            policy.retryDelay(),
            settings.model().rule().rates().steps());
    this.prequential = state.prequential;
    this.window = prequential.window();
    this.lag = new CheckpointLag(state.progress.version(), time.nanoTime);
  }

  @Override
  public void applied(PartialSum sum) {
    account.applied(sum);
    trained.inc(sum.tally().examples());
    prequential.add(sum.tally());
    window = prequential.window();
    deadLetters(sum);
  }

  @Override
  public void published(PartialSum sum) {
    ages = StepReport.Ages.of(sum.intake(), clock.millis());
  }

  @Override
  public void announced(Shard.Applied step) {
    output.report(report(false, step.sum().round().step() + 1, step.sum().tally()));
    step.drift().ifPresent(this::report);
  }

  @Override
  public boolean evaluated(PartialSum sum) {
    if (!account.evaluated(sum)) {
      return false;
    }
    deadLetters(sum);
    output.report(report(true, sum.round().step(), sum.tally()));
    return true;
  }

  /** Late examples are computed again, and no dead letters. */
  private void deadLetters(PartialSum sum) {
    for (Dropped dropped : sum.dropped()) {
      if (dropped.reason() != DropReason.LATE) {
        output.deadLetter(dropped);
      }
    }
  }

  private StepReport report(boolean evaluation, long version, Tally tally) {
    Tally totals = progress().totals();
    return new StepReport(
        evaluation,
        version,
        (double) version / settings.reports().stepsPerEpoch(),
        totals.examples(),
        tally.loss(),
        tally.accuracy(),
        seconds(),
        totals.billedMillis(),
        dollars(),
        window,
        prequential.faded(),
        ages);
  }

  private void report(Drift drift) {
    DriftRule rule = Objects.requireNonNull(settings.model().rule().drift());
    DriftReport report =
        new DriftReport(
            drift.version(),
            drift.began(),
            progress().totals().examples(),
            rule.signal().word(),
            drift.before(),
            drift.after(),
            rule.reaction().word(),
            seconds());
    LOG.info(
        "drift at version {}: {} went from {} to {} after version {}; reaction: {}",
        report.version(),
        report.signal(),
        report.before(),
        report.after(),
        report.began(),
        report.reaction());
    output.drift(report);
  }

  private double seconds() {
    return progress().millis() / MILLIS_PER_SECOND;
  }

  @Override
  public Progress progress() {
    return account.progress();
  }

  @Override
  public VersionShard.Account trainedOn() {
    return new VersionShard.Account(
        progress().totals().examples(), progress().intake(), window.loss());
  }

  /** A pause has ended; its time is not part of the next step's. */
  void pauseEnded() {
    timer.pauseEnded();
  }

  /** What goes into a checkpoint, which is being taken. */
  State snapshot(long checkpoint) {
    lag.taken(checkpoint, progress().version());
    return new State(progress(), prequential);
  }

  void checkpointComplete(long checkpoint) {
    lag.complete(checkpoint);
  }

  /** What the run has cost so far, without work that failures threw away. */
  double dollars() {
    return policy.budget().spent(progress().totals());
  }

  /** Examples trained on since the task's start. */
  Counter trained() {
    return trained;
  }

  StepTimer timer() {
    return timer;
  }

  CheckpointLag lag() {
    return lag;
  }

  /** Of the last training examples, before they were trained on. */
  PrequentialScore window() {
    return window;
  }

  StepReport.Ages ages() {
    return ages;
  }
}
