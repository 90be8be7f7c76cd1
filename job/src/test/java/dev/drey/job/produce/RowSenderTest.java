package dev.drey.job.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.data.DataException;
import dev.drey.core.data.DataSet;
import dev.drey.core.data.Normalization;
import dev.drey.core.feature.Label;
import dev.drey.core.record.FieldPath;
import dev.drey.core.record.FloatsFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowSenderTest {

  private static final Label.Above LATE = new Label.Above(new FieldPath("delay"), 15);
  private static final SendRate AT_ONCE = new SendRate(Double.POSITIVE_INFINITY);

  private static Path csv(Path directory) throws IOException {
    return Files.writeString(
        directory.resolve("flights.csv"), "origin,delay,wind\nSEA,20,1e1\nSFO,-5,\n");
  }

  private static List<String> sent(RowSender sender) throws IOException, InterruptedException {
    List<String> sent = new ArrayList<>();
    sender.run(
        System::nanoTime,
        nanos -> {},
        record -> sent.add(new String(record.value(), StandardCharsets.UTF_8)),
        count -> {});
    return sent;
  }

  @Test
  void rowsOfACsvFileBecomeJsonObjectsInTheirOrder(@TempDir Path directory) throws Exception {
    Path file = csv(directory);
    RowSender sender =
        new RowSender(
            () -> CsvRowReader.open(file, null, LATE), AT_ONCE, false, 100, Long.MAX_VALUE);

    assertThat(sent(sender))
        .containsExactly(
            "{\"origin\":\"SEA\",\"delay\":20.0,\"wind\":10.0}",
            "{\"origin\":\"SFO\",\"delay\":-5.0}");
  }

  @Test
  void aColumnIsTheKey(@TempDir Path directory) throws Exception {
    try (CsvRowReader rows = CsvRowReader.open(csv(directory), "origin", null)) {
      OutgoingRecord first = rows.next(false).orElseThrow();

      assertThat(new String(Objects.requireNonNull(first.key()), StandardCharsets.UTF_8))
          .isEqualTo("SEA");
    }
    assertThatThrownBy(() -> CsvRowReader.open(csv(directory), "id", null).close())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has no column \"id\"; it has [origin, delay, wind]");
  }

  @Test
  void itBeginsAnewUntilTheLimitAndDriftsFromARecordOn(@TempDir Path directory) throws Exception {
    Path file = csv(directory);
    RowSender sender =
        new RowSender(() -> CsvRowReader.open(file, null, LATE), AT_ONCE, true, 5, 3);

    assertThat(sent(sender))
        .containsExactly(
            "{\"origin\":\"SEA\",\"delay\":20.0,\"wind\":10.0}",
            "{\"origin\":\"SFO\",\"delay\":-5.0}",
            "{\"origin\":\"SEA\",\"delay\":20.0,\"wind\":10.0}",
            "{\"origin\":\"SFO\",\"delay\":35.0}",
            "{\"origin\":\"SEA\",\"delay\":10.0,\"wind\":10.0}");
  }

  @Test
  void rowsOfADataSetBecomeFloatArrays() throws DataException {
    DataSet data = DataSet.of(2, new float[] {1, 2, 3, 4}, 1, new float[] {0, 2});
    FloatsFormat format = new FloatsFormat(2, 1, FloatsFormat.Order.LITTLE_ENDIAN);
    FloatRowReader rows =
        new FloatRowReader(data, format, new Normalization(List.of(1f), List.of(2f)), 3);

    assertThat(floats(rows.next(false).orElseThrow())).containsExactly(0, 0.5f, 0);
    assertThat(floats(rows.next(true).orElseThrow()))
        .containsExactly(1, 1.5f, 0); // the class after 2
    assertThat(rows.next(false)).isEmpty();
  }

  private static float[] floats(OutgoingRecord record) {
    float[] floats = new float[3];
    ByteBuffer.wrap(record.value()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
    return floats;
  }

  @Test
  void recordsAreDueAtTheirRate() {
    SendRate pace = new SendRate(2000);

    assertThat(pace.due(0)).isZero();
    assertThat(pace.due(1)).isEqualTo(500_000);
    assertThat(pace.due(2_000_000_000_000L)).isEqualTo(TimeUnit.SECONDS.toNanos(1_000_000_000));
    assertThat(AT_ONCE.due(1_000)).isZero();
    assertThatThrownBy(() -> new SendRate(0)).hasMessage("rate is 0.0, must be above 0");
  }

  @Test
  void noRecordIsSentBeforeItIsDue(@TempDir Path directory) throws Exception {
    Path file = csv(directory);
    AtomicLong now = new AtomicLong();
    List<Long> sent = new ArrayList<>();
    List<Long> told = new ArrayList<>();
    new RowSender(
            () -> CsvRowReader.open(file, null, null), new SendRate(4), true, 6, Long.MAX_VALUE)
        .run(
            now::get,
            nanos -> now.addAndGet(nanos / 2 + 1), // wakes up too early, as threads may
            record -> sent.add(now.get()),
            told::add);

    assertThat(sent).hasSize(6).isSorted();
    for (int i = 0; i < sent.size(); i++) {
      assertThat(sent.get(i)).isGreaterThanOrEqualTo(i * 250_000_000L);
    }
    assertThat(told).containsExactly(5L);
  }
}
