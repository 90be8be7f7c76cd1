package dev.drey.job.produce;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Sends rows at a rate.
 *
 * @param rows source of the rows
 * @param rate of sending
 * @param loop whether to start again at the end of the rows
 * @param most number of records after which it ends, at least 1
 * @param driftAt number of the first record with a drifted label, from 0
 */
public record RowSender(
    RowReader.Source rows, SendRate rate, boolean loop, long most, long driftAt) {

  /**
   * Sends the records; blocks until the end.
   *
   * @param nanoTime clock
   * @param waiting waits for at most the given nanoseconds
   * @param send sends a record
   * @param sent receives the number of sent records, about once a second
   * @return the number of sent records
   * @throws InterruptedException if the thread is interrupted; records sent before remain sent
   */
  public long run(
      LongSupplier nanoTime, LongConsumer waiting, Consumer<OutgoingRecord> send, LongConsumer sent)
      throws IOException, InterruptedException {
    long start = nanoTime.getAsLong();
    long reported = 0;
    long count = 0;
    do {
      long before = count;
      try (RowReader open = rows.open()) {
        while (count < most) {
          Optional<OutgoingRecord> record = open.next(count >= driftAt);
          if (record.isEmpty()) {
            break;
          }
          await(start + rate.due(count), nanoTime, waiting);
          send.accept(record.get());
          count++;
          long second = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - start);
          if (second > reported) {
            reported = second;
            sent.accept(count);
          }
        }
      }
      if (count == before) {
        break; // no rows at all: a loop would never end
      }
    } while (loop && count < most);
    return count;
  }

  private static void await(long due, LongSupplier nanoTime, LongConsumer waiting)
      throws InterruptedException {
    for (long left = due - nanoTime.getAsLong(); left > 0; left = due - nanoTime.getAsLong()) {
      waiting.accept(left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }
}
