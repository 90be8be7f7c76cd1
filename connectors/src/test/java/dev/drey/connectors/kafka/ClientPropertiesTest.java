package dev.drey.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientPropertiesTest {

  private static KafkaSettings settings(Map<String, ClientProperty> properties) {
    return new KafkaSettings(
        "localhost:9092",
        new Topics.Named(List.of("flights")),
        "pilots",
        new StartingOffsets.Earliest(),
        new StoppingOffsets.Never(),
        null,
        properties,
        LostOffsets.FAIL);
  }

  private static ConsumerConfig client(Map<String, ClientProperty> given) {
    Properties properties = ClientProperties.of(settings(given), ConsumerConfig.configNames());
    properties.put("key.deserializer", ByteArrayDeserializer.class);
    properties.put("value.deserializer", ByteArrayDeserializer.class);
    return new ConsumerConfig(properties);
  }

  @Test
  void aClientLooksUpItsSecretsAndLogsNone(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("password"), "open sesame\n");

    ConsumerConfig client =
        client(
            Map.of(
                "ssl.key.password", new ClientProperty.SecretFile(file.toString()),
                "ssl.truststore.password", new ClientProperty.Environment("PATH"),
                "fetch.min.bytes", new ClientProperty.Plain("5")));

    assertThat(client.getPassword("ssl.key.password").value()).isEqualTo("open sesame");
    assertThat(client.getPassword("ssl.truststore.password").value())
        .isEqualTo(System.getenv("PATH"));
    assertThat(client.getInt("fetch.min.bytes")).isEqualTo(5);
    // what Kafka writes to its log as a client is opened
    assertThat(client.values().toString())
        .contains("ssl.key.password=[hidden]")
        .doesNotContain("open sesame")
        .doesNotContain(System.getenv("PATH"));
  }

  @Test
  void aSecretThatIsNotThereIsNamed() {
    assertThatThrownBy(
            () -> client(Map.of("ssl.key.password", new ClientProperty.Environment("NOT_SET_7"))))
        .isInstanceOf(ConfigException.class)
        .hasMessage("environment variable NOT_SET_7 is not set");
    assertThatThrownBy(
            () -> client(Map.of("ssl.key.password", new ClientProperty.SecretFile("/no/such"))))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("secret file /no/such cannot be read: ");
  }

  @Test
  void aProducerGetsWhatProducersKnow() {
    KafkaSettings settings =
        settings(
            Map.of(
                "fetch.min.bytes", new ClientProperty.Plain("5"),
                "security.protocol", new ClientProperty.Plain("SSL")));

    assertThat(ClientProperties.of(settings, ProducerConfig.configNames()))
        .containsEntry("security.protocol", "SSL")
        .doesNotContainKey("fetch.min.bytes");
  }

  @Test
  void aReferenceCannotBeSmuggledIn() {
    assertThatThrownBy(() -> new ClientProperty.Plain("${env:SECRET}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("has \"${\", must be written without");
  }
}
