package dev.drey.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrdersTest {

  @TempDir private Path directory;

  @Test
  void aFaultHappensOnceAndAtItsSite() throws Exception {
    Orders orders = new Orders(directory);
    orders.give(InjectedFault.ANSWER_CORRUPT);

    assertThat(orders.claim(InjectedFault.Site.STORE)).isEmpty();
    assertThat(orders.isOpen(InjectedFault.ANSWER_CORRUPT)).isTrue();
    assertThat(orders.claim(InjectedFault.Site.WORKER)).contains(InjectedFault.ANSWER_CORRUPT);
    assertThat(orders.claim(InjectedFault.Site.WORKER)).isEmpty();
    assertThat(orders.isOpen(InjectedFault.ANSWER_CORRUPT)).isFalse();
  }
}
