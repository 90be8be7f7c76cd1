package dev.drey.job.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.stream.Position;
import dev.drey.core.stream.RawRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncedVersionTest {

  private static Optional<AnnouncedVersion> read(String run, String value) throws IOException {
    return AnnouncedVersion.of(
        new RawRecord(
            new Position("models-0", 3),
            0,
            run.getBytes(StandardCharsets.UTF_8),
            value.getBytes(StandardCharsets.UTF_8)),
        "flights");
  }

  @Test
  void anAnnouncementOfTheRunIsRead() throws IOException {
    String value = "{\"version\": 40, \"place\": \"/models/v\", \"weightsSha256\": \"ab\"}";

    assertThat(read("flights", value)).contains(new AnnouncedVersion(40, "/models/v", "ab"));
    assertThat(read("others", value)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "5",
        "null",
        "{}",
        "{'version': 40, 'place': 5, 'weightsSha256': 'ab'}",
        "{'version': 40, 'place': '', 'weightsSha256': 'ab'}",
        "{'version': 40, 'place': null, 'weightsSha256': 'ab'}",
        "{'version': 40, 'place': {'a': 1}, 'weightsSha256': 'ab'}",
        "{'version': 40, 'place': '/v', 'weightsSha256': 7}",
        "{'version': -1, 'place': '/v', 'weightsSha256': 'ab'}",
        "{'version': 1.5, 'place': '/v', 'weightsSha256': 'ab'}",
        "{'version': 99999999999999999999, 'place': '/v', 'weightsSha256': 'ab'}",
        "{'version': '40', 'place': '/v', 'weightsSha256': 'ab'}"
      })
  void whatIsNoAnnouncementIsRefusedWithItsPlaceInTheTopic(String value) {
    assertThatThrownBy(() -> read("flights", value.replace('\'', '"')))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("models-0@3 is not an announcement: ");
  }
}
