package dev.drey.operators.stream;

import dev.drey.core.data.StreamBatch;
import dev.drey.core.parameters.Range;
import dev.drey.core.stream.Intake;
import dev.drey.core.stream.PlacedExample;
import dev.drey.operators.minibatch.RoundCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A unit of slots, and the examples of its next mini-batch so far. Not thread-safe. */
final class StreamUnit implements Comparable<StreamUnit> {

  private final StreamSteps steps;
  private final Range slots;
  private final RoundCursor cursor;
  private final List<PlacedExample> waiting;
  private final List<PlacedExample> heldOut;
  private final ReadCount read;

  StreamUnit(StreamSteps steps, Range slots, StreamSplit.Unit split) {
    this.steps = steps;
    this.slots = slots;
    this.cursor = new RoundCursor(steps, slots, split.place());
    this.waiting = new ArrayList<>(split.waiting());
    this.heldOut = new ArrayList<>(split.heldOut());
    this.read = new ReadCount(split.intake());
  }

  /** The step, or the version to evaluate, that comes next. */
  long step() {
    return cursor.step();
  }

  /** The slot that comes next. */
  int slot() {
    return cursor.slot();
  }

  /** The slots of the round from the next one on. */
  IntStream slotsLeft() {
    return IntStream.range(cursor.slot(), slots.to());
  }

  /** Whether an evaluation comes next. */
  boolean evaluates() {
    return !cursor.round().isTraining();
  }

  boolean finished(long stoppedAt) {
    return cursor.finished(stoppedAt);
  }

  boolean isFull() {
    return waiting.size() >= steps.miniBatch();
  }

  boolean hasExamples() {
    return !waiting.isEmpty();
  }

  /** Whether records were read that are in no mini-batch's intake yet. */
  boolean hasRead() {
    return !read.isNone();
  }

  void train(PlacedExample example, long timestamp) {
    waiting.add(example);
    read.trained(example.position().partition(), example.position().offset(), timestamp);
  }

  /**
   * Keeps an example for the next evaluation.
   *
   * @return whether an older one was dropped for it
   */
  boolean holdOut(PlacedExample example) {
    heldOut.add(example);
    read.heldOut(example.position().partition(), example.position().offset());
    if (heldOut.size() <= steps.mostHeldOut()) {
      return false;
    }
    heldOut.remove(0);
    return true;
  }

  void reject(String partition, long offset) {
    read.rejected(partition, offset);
  }

  /** Notes that the records of {@code count} offsets, from one on, are gone. */
  void lose(String partition, long offset, long count) {
    read.lost(partition, offset, count);
  }

  /**
   * The next mini-batch, with the examples read so far.
   *
   * @param learnt what a partition's encoder has learnt
   */
  StreamBatch next(Function<String, byte[]> learnt) {
    StreamBatch batch = evaluates() ? evaluation() : training(learnt);
    cursor.advance();
    return batch;
  }

  /** Makes the next slot a replay; the examples read so far wait for the slot after it. */
  StreamItem.Replay replay(long since) {
    StreamItem.Replay replay = new StreamItem.Replay(step(), slot(), since);
    cursor.advance();
    return replay;
  }

  private StreamBatch training(Function<String, byte[]> learnt) {
    List<PlacedExample> mine = waiting.subList(0, Math.min(waiting.size(), steps.miniBatch()));
    StreamBatch batch = new StreamBatch(cursor.round(), cursor.slot(), mine, read.intake(learnt));
    mine.clear();
    read.clear();
    return batch;
  }

  private StreamBatch evaluation() {
    Range share = Range.part(heldOut.size(), slots.length(), cursor.slotOfUnit());
    List<PlacedExample> mine = heldOut.subList(share.from(), share.to());
    StreamBatch batch = new StreamBatch(cursor.round(), cursor.slot(), mine, Intake.NONE);
    if (cursor.isLastSlot()) {
      heldOut.clear();
    }
    return batch;
  }

  StreamSplit.Unit split(Function<String, byte[]> learnt) {
    return new StreamSplit.Unit(cursor.split(), waiting, heldOut, read.intake(learnt));
  }

  @Override
  public int compareTo(StreamUnit other) {
    return cursor.compareTo(other.cursor);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StreamUnit o && cursor.equals(o.cursor);
  }

  @Override
  public int hashCode() {
    return cursor.hashCode();
  }
}
