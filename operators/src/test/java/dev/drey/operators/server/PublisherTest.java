package dev.drey.operators.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.blob.Blob;
import dev.drey.core.parameters.Range;
import dev.drey.operators.TestingWeightStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class PublisherTest {

  private final TestingWeightStore store = TestingWeightStore.of("publisher");

  @AfterEach
  void forget() {
    TestingWeightStore.forget("publisher");
  }

  @Test
  void theLastVersionsOfEveryShardStay() throws Exception {
    Publisher publisher = new Publisher(store, "run", 2);
    List<Blob.Reference> zero = new ArrayList<>();
    List<Blob.Reference> one = new ArrayList<>();
    for (int version = 0; version < 4; version++) {
      zero.add(publisher.publish(shard(0, version)));
      one.add(publisher.publish(shard(1, 10 + version)));
    }

    assertThat(store.size()).isEqualTo(4);
    assertThatThrownBy(() -> store.read(zero.get(1), new float[2])).isInstanceOf(IOException.class);
    assertThat(store.floats(zero.get(2))).containsExactly(2, 0);
    assertThat(store.floats(zero.get(3))).containsExactly(3, 0);
    assertThat(store.floats(one.get(3))).containsExactly(13, 1);
  }

  @Test
  void objectsAreNamedAfterVersionAndShard() throws Exception {
    new Publisher(store, "run", 1).publish(shard(3, 12));

    assertThat(store.names).containsExactly("run-shard3-v12");
  }

  @Test
  void whatADeadTaskPublishedOfAShardIsDeletedAndNothingElse() throws Exception {
    Publisher dead = new Publisher(store, "run", 2);
    dead.publish(shard(1, 12));
    dead.publish(shard(1, 13));
    Blob.Reference twelfth = dead.publish(shard(12, 13));
    Blob.Reference others = new Publisher(store, "run2", 1).publish(shard(1, 13));

    new Publisher(store, "run", 2).deleteOld(shard(1, 12));

    assertThat(store.size()).isEqualTo(2);
    assertThat(store.floats(twelfth)).containsExactly(13, 12);
    assertThat(store.floats(others)).containsExactly(13, 1);
  }

  private static Shard shard(int index, long version) {
    return new Shard(
        index,
        new Range(2 * index, 2 * index + 2),
        new float[] {version, index},
        new float[0][],
        version);
  }
}
