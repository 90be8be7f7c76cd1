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
 * @param rows what is sent
 * @param pace when
 * @param loop whether it begins anew at the end
 * @param most how many in all, at least 1
 * @param driftAt the first record that drifts, by its number from 0
 */
public record RowSender(RowReader.Source rows, SendRate pace, boolean loop, long most, long driftAt) {

  /**
   * Sends them.
   *
   * @param nanoTime what the time is
   * @param waiting lets so many nanoseconds go by, or fewer
   * @param send takes each record in its turn
   * @param sent is told about once a second how many were sent
   * @return how many were sent
   * @throws InterruptedException if the thread is interrupted: what was sent is sent
   */
  public long run(
      LongSupplier nanoTime, LongConsumer waiting, Consumer<OutgoingRecord> send, LongConsumer sent)
      throws IOException, InterruptedException {
    long start = nanoTime.getAsLong();
    long told = 0;
    long count = 0;
    do {
      long before = count;
      try (RowReader open = rows.open()) {
        while (count < most) {
          Optional<OutgoingRecord> record = open.next(count >= driftAt);
          if (record.isEmpty()) {
            break;
          }
          await(start + pace.due(count), nanoTime, waiting);
          send.accept(record.get());
          count++;
          long second = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - start);
          if (second > told) {
            told = second;
            sent.accept(count);
          }
        }
      }
      if (count == before) {
        break; // nothing to begin anew
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
