package dev.drey.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
                  + " allow at most 15 min: choose an interval of at most 450 s, or raise the"
                  + " brokers' transaction.max.timeout.ms");
    }
    assertThatThrownBy(
            () ->
                TransactionTimeout.fault(
                    settings("localhost:1"), Duration.ofSeconds(10), Duration.ofMillis(500)))
        .isInstanceOf(TopicException.class)
        .hasMessageContaining("no broker of localhost:1 answers");
  }
}
