package dev.drey.core.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.parameters.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergeTreeTest {

  @Test
  void childrenArePairedAsInACounterWithCarries() {
    MergeTree tree = new MergeTree(Structure.of(1, 7));

    MergeTree.Node root = tree.node(new Range(0, 7));
    assertThat(root.left().slots()).isEqualTo(new Range(0, 4));
    assertThat(root.right().slots()).isEqualTo(new Range(4, 7));
    assertThat(root.left().left().slots()).isEqualTo(new Range(0, 2));
    assertThat(root.right().left().slots()).isEqualTo(new Range(4, 6));
    assertThat(root.right().right().slots()).isEqualTo(new Range(6, 7));
    assertThat(root.parent()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,1", "1,1,1", "1,13", "1,5,22,100", "1,1,3,3,10"})
  void everyNodeIsTheSumOfItsTwoParts(String text) {
    Structure structure = Structure.parse(text);
    MergeTree tree = new MergeTree(structure);
    assertWhole(tree, tree.node(new Range(0, structure.slots())));
    for (int level = 0; level <= structure.levels(); level++) {
      for (int node = 0; node < structure.nodes(level); node++) {
        Range slots = structure.slots(level, node);
        assertThat(tree.node(slots).slots()).isEqualTo(slots);
      }
    }
  }

  @Test
  void slotsThatAreNeverAddedByThemselvesAreNoNode() {
    MergeTree tree = new MergeTree(Structure.of(1, 4));

    assertThatThrownBy(() -> tree.node(new Range(1, 3)))
        .hasMessage("slots [1, 3) are no node of the merge tree");
  }

  private static void assertWhole(MergeTree tree, MergeTree.Node node) {
    assertThat(tree.node(node.slots())).isSameAs(node);
    if (node.left() == null) {
      assertThat(node.right()).isNull();
      assertThat(node.slots().length()).isEqualTo(1);
      return;
    }
    assertThat(node.left().slots().from()).isEqualTo(node.slots().from());
    assertThat(node.left().slots().to()).isEqualTo(node.right().slots().from());
    assertThat(node.right().slots().to()).isEqualTo(node.slots().to());
    assertThat(node.left().parent()).isSameAs(node);
    assertThat(node.right().parent()).isSameAs(node);
    assertWhole(tree, node.left());
    assertWhole(tree, node.right());
  }
}
