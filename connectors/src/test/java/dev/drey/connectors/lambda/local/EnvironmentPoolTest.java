package dev.drey.connectors.lambda.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class EnvironmentPoolTest {

  private final EnvironmentPool<String> pool = new EnvironmentPool<>(3);

  @Test
  void theWorkerThatWasUsedLastIsUsedNext() {
    pool.addBusy("a");
    pool.addBusy("b");
    pool.release("a");
    pool.release("b");

    assertThat(pool.takeIdle()).contains("b");
    assertThat(pool.takeIdle()).contains("a");
    assertThat(pool.takeIdle()).isEmpty();
  }

  @Test
  void aWorkerStartedAheadWaitsBehindThoseThatHaveWorked() {
    pool.addBusy("used");
    pool.addIdle("new");
    pool.release("used");

    assertThat(pool.takeIdle()).contains("used");
    assertThat(pool.takeIdle()).contains("new");
  }

  @Test
  void thereAreNeverMoreThanTheLimit() {
    pool.addBusy("a");
    pool.addIdle("b");
    assertThat(pool.hasRoom()).isTrue();
    pool.addBusy("c");

    assertThat(pool.hasRoom()).isFalse();
    assertThatThrownBy(() -> pool.addBusy("d")).hasMessageContaining("3 workers, its limit");
  }

  @Test
  void aWorkerThatIsGoneMakesRoomAndIsNotUsedAgain() {
    pool.addBusy("a");
    pool.addIdle("b");
    pool.addIdle("c");
    pool.remove("a");
    pool.remove("b");
    pool.release("a");

    assertThat(pool.hasRoom()).isTrue();
    assertThat(pool.all()).containsExactly("c");
    assertThat(pool.takeIdle()).contains("c");
    assertThat(pool.takeIdle()).isEmpty();
  }
}
