package dev.drey.operators.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.protocol.Examples;
import dev.drey.core.protocol.Weights;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.work.Work;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class RequestBuilderTest {

  private static final Weights WEIGHTS = new Weights(7, List.of());

  @Test
  void aGradientIsAskedForOnTrainingRows() {
    WorkRequest request =
        new RequestBuilder(Runs.WITH_TEST, "start-1").build(Runs.training(7, 2), 3, WEIGHTS, 1234);

    assertThat(request.id())
        .isEqualTo(new WorkRequest.Id("a-run", "start-1", Work.Kind.GRADIENT, 7, 2, 3));
    assertThat(request.lease()).isEqualTo(1234);
    assertThat(request.network()).isEqualTo(Runs.NETWORK);
    assertThat(request.weights()).isSameAs(WEIGHTS);
    Examples.Rows rows = (Examples.Rows) request.examples();
    assertThat(rows.source()).isEqualTo(Runs.TRAINING);
    assertThat(rows.normalization()).isEqualTo(Runs.WITH_TEST.normalization());
    assertThat(rows.rows()).containsExactly(4, 5, 6, 7, 8);
  }

  @Test
  void anEvaluationIsAskedForOnTestRows() {
    WorkRequest request =
        new RequestBuilder(Runs.WITH_TEST, "start-1").build(Runs.evaluation(7, 0), 1, WEIGHTS, 1);

    assertThat(((Examples.Rows) request.examples()).source()).isEqualTo(Runs.TEST);
    assertThat(request.id().kind()).isEqualTo(Work.Kind.EVALUATION);
  }

  @Test
  void anEvaluationWithoutTestDataIsRefused() {
    RequestBuilder builder = new RequestBuilder(Runs.WITHOUT_TEST, "start-1");

    assertThatThrownBy(() -> builder.build(Runs.evaluation(7, 0), 1, WEIGHTS, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("run a-run has no test data to evaluate on");
  }

  @Test
  void parametersAreThoseOfTheNetwork() {
    assertThat(new RequestBuilder(Runs.WITH_TEST, "start-1").parameters()).isEqualTo(3);
  }
}
