package dev.drey.core.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkTest {

  private static final List<Work> ALL =
      List.of(new Work.Gradient(), new Work.Evaluation(), new Work.Prediction());

  /** Names the record that it is called with. */
  private static final Work.Cases<String, RuntimeException> NAMES =
      new Work.Cases<>() {
        @Override
        public String gradient(Work.Gradient work) {
          return work.getClass().getSimpleName();
        }

        @Override
        public String evaluation(Work.Evaluation work) {
          return work.getClass().getSimpleName();
        }

        @Override
        public String prediction(Work.Prediction work) {
          return work.getClass().getSimpleName();
        }
      };

  @Test
  void everyKindHasItsRecordAndItsCase() {
    assertThat(ALL).extracting(Work::kind).containsExactly(Work.Kind.values());
    for (Work work : ALL) {
      assertThat(work.match(NAMES)).isEqualToIgnoringCase(work.kind().word());
    }
  }

  /** Messages to workers and names of files have them. */
  @Test
  void namesNeverChange() throws Exception {
    assertThat(new ObjectMapper().writeValueAsString(Work.Kind.values()))
        .isEqualTo("[\"gradient\",\"evaluation\",\"prediction\"]");
    assertThat(new ObjectMapper().readValue("\"evaluation\"", Work.Kind.class))
        .isEqualTo(Work.Kind.EVALUATION);
  }

  @Test
  void onlyAPredictionDoesWithoutLabels() {
    assertThat(ALL).filteredOn(work -> !work.readsLabels()).containsExactly(new Work.Prediction());
  }
}
