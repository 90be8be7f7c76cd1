package dev.drey.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class TransactionTimeoutITCase {

  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private static KafkaSettings settings(String servers) {
    return KafkaSettings.ofTopic(servers, "any", Map.of());
  }

  @Test
  void aTransactionMayLastTwoIntervalsAndAtLeastAQuarterOfAnHour() {
    assertThat(TransactionTimeout.of(Duration.ofSeconds(10))).isEqualTo(Duration.ofMinutes(15));
    assertThat(TransactionTimeout.of(Duration.ofSeconds(450))).isEqualTo(Duration.ofMinutes(15));
    assertThat(TransactionTimeout.of(Duration.ofHours(24))).isEqualTo(Duration.ofHours(48));
  }

  @Test
  void anIntervalThatTheBrokersDoNotAllowIsRefusedWithBothFigures() throws Exception {
    try (TestingBroker broker = new TestingBroker()) {
      KafkaSettings settings = settings(broker.servers());

      assertThat(TransactionTimeout.fault(settings, Duration.ofSeconds(450), DEADLINE)).isEmpty();
      assertThat(TransactionTimeout.fault(settings, Duration.ofHours(24), DEADLINE))
          .contains(
              "is 24 h, so that transactions need a timeout of 48 h; the brokers of "
                  + broker.servers()
                  + " allow at most 15 min: choose an interval of at most 450 s, or raise"
                  + " their transaction.max.timeout.ms");
    }
  }

  @Test
  void brokersThatDoNotSayTheirLimitAreTakenToHaveTheDefault() throws Exception {
    KafkaSettings nobody = settings("localhost:1");
    Duration shortly = Duration.ofMillis(500);

    assertThat(TransactionTimeout.fault(nobody, Duration.ofSeconds(450), shortly)).isEmpty();
    assertThat(TransactionTimeout.fault(nobody, Duration.ofHours(1), shortly).orElseThrow())
        .contains("is 1 h, so that transactions need a timeout of 2 h")
        .contains("do not say what they allow (no broker of localhost:1 answers within 0.5 s)")
        .contains("transaction.max.timeout.ms is 15 min if it was not raised")
        .contains("an interval of at most 450 s");
  }
}
