package dev.drey.connectors.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.worker.Bill;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

final class BillReaderTest {

  private static final String WARM =
      "START RequestId: 8f5\nEND RequestId: 8f5\n"
          + "REPORT RequestId: 8f5\tDuration: 11.20 ms\tBilled Duration: 12 ms\t"
          + "Memory Size: 512 MB\tMax Memory Used: 170 MB\t\n";

  @Test
  void aWarmInvocationsReportIsItsBill() {
    assertThat(BillReader.read(base64(WARM))).contains(new Bill(12, false));
  }

  @Test
  void anInitDurationMeansAColdStart() {
    String cold = WARM.replace("170 MB\t", "170 MB\tInit Duration: 310.55 ms\t");

    assertThat(BillReader.read(base64(cold))).contains(new Bill(12, true));
  }

  @Test
  void theLastReportCounts() {
    String printed = "REPORT RequestId: me\tBilled Duration: 1 ms\tInit Duration: 1 ms\n" + WARM;

    assertThat(BillReader.read(base64(printed))).contains(new Bill(12, false));
  }

  @Test
  void withoutAReportThereIsNoBill() {
    assertThat(BillReader.read(null)).isEmpty();
    assertThat(BillReader.read("not base64!")).isEmpty();
    assertThat(BillReader.read(base64("Billed Duration: 12 ms"))).isEmpty();
    assertThat(BillReader.read(base64(WARM.replace("12 ms", "x ms")))).isEmpty();
  }

  private static String base64(String log) {
    return Base64.getEncoder().encodeToString(log.getBytes(StandardCharsets.UTF_8));
  }
}
