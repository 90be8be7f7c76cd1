package dev.drey.operators.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.core.aggregation.Structure;
import dev.drey.core.parameters.Shards;
import dev.drey.operators.Sums;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class SumKeyTest {

  private static final Structure STRUCTURE = Structure.of(1, 3, 10);
  private static final Shards SHARDS = new Shards(7, 3);

  @Test
  void sumsOfANodeAndShardHaveAKeyOfTheirOwn() {
    SumKey key = new SumKey(STRUCTURE, 1, SHARDS, 128);
    Map<Integer, String> owners = new HashMap<>();
    for (int slot = 0; slot < 10; slot++) {
      for (int shard = 0; shard < 3; shard++) {
        String owner = STRUCTURE.nodeOf(1, slot) + "/" + shard;
        int k = key.getKey(Sums.slot(5, slot, 7).over(SHARDS.range(shard)));
        assertThat(owners.merge(k, owner, (a, b) -> a.equals(b) ? a : a + " and " + b))
            .isEqualTo(owner);
      }
    }
    assertThat(owners).hasSize(9);
  }

  @Test
  void atTheRootTheShardAloneDecides() {
    SumKey key = new SumKey(STRUCTURE, 2, SHARDS, 128);
    KeySpread server = new KeySpread(3, 128);
    for (int shard = 0; shard < 3; shard++) {
      for (int slot = 0; slot < 10; slot++) {
        assertThat(key.getKey(Sums.slot(5, slot, 7).over(SHARDS.range(shard))))
            .isEqualTo(server.key(shard));
      }
    }
  }

  @Test
  void evaluationsGoToTheFirstShard() {
    SumKey key = new SumKey(STRUCTURE, 2, SHARDS, 128);

    assertThat(key.getKey(Sums.evaluation(5, 9))).isEqualTo(new KeySpread(3, 128).key(0));
  }
}
