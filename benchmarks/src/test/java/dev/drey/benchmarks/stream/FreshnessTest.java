package dev.drey.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.benchmarks.measure.CsvFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreshnessTest {

  private static CsvFile curve(String... rows) {
    return new CsvFile(
        Path.of("curve.csv"),
        List.of("seconds", "examples", "oldest_ms", "newest_ms"),
        Arrays.stream(rows).map(row -> Arrays.asList(row.split(",", -1))).toList());
  }

  /** 97 records of one age, 3 of another. */
  @Test
  void everyRecordCountsWithTheAgesOfItsStep() throws IOException {
    Freshness freshness = Freshness.of(curve("0,0,9,9", "1,97,40,20", "2,100,500,300"), 0);

    assertThat(freshness.oldest()).isEqualTo(new Freshness.Quantiles(40, 500));
    assertThat(freshness.newest()).isEqualTo(new Freshness.Quantiles(20, 300));
    assertThat(freshness.records()).isEqualTo(100);
  }

  @Test
  void warmUpAndStepsWithoutARecordDoNotCount() throws IOException {
    Freshness freshness = Freshness.of(curve("0,0,,", "1,50,900,900", "2,50,,", "3,60,7,5"), 2);

    assertThat(freshness.oldest().p99()).isEqualTo(7);
    assertThat(freshness.records()).isEqualTo(10);
  }

  @Test
  void noRecordIsTold() {
    assertThatThrownBy(() -> Freshness.of(curve("0,0,,", "1,50,3,2"), 5))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no records after 5.0 s");
  }

  @Test
  void throughputIsOfTheSecondHalf() throws IOException {
    Throughput throughput = Throughput.of(curve("10,50,,", "12,100,,", "13,150,,", "14,200,,"));

    assertThat(throughput).isEqualTo(new Throughput(100, 2));
    assertThat(throughput.perSecond()).isEqualTo(50);
  }
}
