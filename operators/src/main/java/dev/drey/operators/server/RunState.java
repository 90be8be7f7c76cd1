package dev.drey.operators.server;

import dev.drey.core.aggregation.DropReason;
import dev.drey.core.aggregation.Dropped;
import dev.drey.core.aggregation.Drops;
import dev.drey.core.aggregation.Tally;
import dev.drey.core.prequential.Prequential;
import dev.drey.core.stream.Intake;
import dev.drey.operators.aggregate.DroppedSerializer;
import dev.drey.operators.aggregate.IntakeFormat;
import dev.drey.operators.coordination.ExampleAccount;
import dev.drey.operators.coordination.Progress;
import dev.drey.operators.coordination.StepTimes;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.ListSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;

/**
 * The state of the run's reporter in the state backend, under the key of the first shard: numbers
 * by name, so that a later version can add some. All methods are for the current key.
 */
final class RunState {

  private static final String DROPPED = "dropped.";
  private static final String PUT_BACK = "put-back";
  private static final String ABSOLUTE_ERRORS = ".absolute-error-sum";
  private static final String REPLAYED = ".replayed";

  private final MapState<String, Double> progress;
  private final MapState<Long, List<Dropped>> owed;
  private final ValueState<byte[]> intake;
  private final ValueState<byte[]> prequential;

  RunState(KeyedStateStore store) {
    progress = store.getMapState(new MapStateDescriptor<>("progress", Types.STRING, Types.DOUBLE));
    owed =
        store.getMapState(
            new MapStateDescriptor<>(
                "owed", LongSerializer.INSTANCE, new ListSerializer<>(DroppedSerializer.INSTANCE)));
    intake = store.getState(bytes("intake"));
    prequential = store.getState(bytes("prequential"));
  }

  private static ValueStateDescriptor<byte[]> bytes(String name) {
    return new ValueStateDescriptor<>(name, BytePrimitiveArraySerializer.INSTANCE);
  }

  void write(RunReporter.State state) throws Exception {
    write(state.progress());
    prequential.update(state.prequential().toBytes());
  }

  /**
   * Reads the state; that before the first step if none was written.
   *
   * @param settings of the error before training
   */
  RunReporter.State read(Prequential.Settings settings) throws Exception {
    return new RunReporter.State(readProgress(), Prequential.of(settings, prequential.value()));
  }

  private void write(Progress value) throws Exception {
    write("totals", value.totals());
    write("evaluation", value.evaluation());
    write("last", value.last());
    progress.put("version", (double) value.version());
    progress.put("millis", (double) value.millis());
    progress.put("evaluated-version", (double) value.evaluatedVersion());
    for (DropReason reason : DropReason.values()) {
      progress.put(DROPPED + reason.word(), (double) value.account().dropped().of(reason));
    }
    progress.put(PUT_BACK, (double) value.account().putBack());
    owed.clear();
    owed.putAll(value.account().owed());
    intake.update(IntakeFormat.toBytes(value.intake()));
  }

  private Progress readProgress() throws Exception {
    Double evaluated = progress.get("evaluated-version");
    Double applied = progress.get("version");
    if (evaluated == null || applied == null) {
      return Progress.NONE;
    }
    return new Progress(
        applied.longValue(),
        readTally("totals"),
        readTally("last"),
        evaluated.longValue(),
        readTally("evaluation"),
        progress.get("millis").longValue(),
        readAccount(),
        intake.value() == null ? Intake.NONE : IntakeFormat.of(intake.value()),
        Tally.ZERO,
        StepTimes.NONE);
  }

  private ExampleAccount readAccount() throws Exception {
    Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
    for (DropReason reason : DropReason.values()) {
      Double count = progress.get(DROPPED + reason.word());
      if (count != null && count > 0) {
        dropped.put(reason, count.longValue());
      }
    }
    Map<Long, List<Dropped>> later = new HashMap<>();
    for (Map.Entry<Long, List<Dropped>> entry : owed.entries()) {
      later.put(entry.getKey(), entry.getValue());
    }
    return new ExampleAccount(new Drops(dropped), progress.get(PUT_BACK).longValue(), later);
  }

  // Counts stay exact as doubles up to 2^53.
  private void write(String name, Tally tally) throws Exception {
    progress.putAll(
        Map.of(
            name + ".examples", (double) tally.examples(),
            name + ".loss-sum", tally.lossSum(),
            name + ".correct", (double) tally.correct(),
            name + ".invocations", (double) tally.invocations(),
            name + ".cold-starts", (double) tally.coldStarts(),
            name + ".billed-millis", (double) tally.billedMillis(),
            name + ABSOLUTE_ERRORS, tally.absoluteErrorSum(),
            name + REPLAYED, (double) tally.replayed()));
  }

  private Tally readTally(String name) throws Exception {
    // Old savepoints have none of these.
    Double absoluteErrors = progress.get(name + ABSOLUTE_ERRORS);
    Double replayed = progress.get(name + REPLAYED);
    return new Tally(
        progress.get(name + ".examples").longValue(),
        progress.get(name + ".loss-sum"),
        progress.get(name + ".correct").longValue(),
        progress.get(name + ".invocations").longValue(),
        progress.get(name + ".cold-starts").longValue(),
        progress.get(name + ".billed-millis").longValue(),
        absoluteErrors == null ? 0 : absoluteErrors,
        replayed == null ? 0 : replayed.longValue());
  }
}
