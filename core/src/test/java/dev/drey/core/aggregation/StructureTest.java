package dev.drey.core.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.parameters.Range;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StructureTest {

  @Test
  void thePapersStructureHasThreeLevelsOverAHundredSlots() {
    Structure structure = Structure.of(1, 5, 22, 100);

    assertThat(structure.slots()).isEqualTo(100);
    assertThat(structure.levels()).isEqualTo(3);
    assertThat(structure.nodes(0)).isEqualTo(100);
    assertThat(structure.nodes(1)).isEqualTo(22);
    assertThat(structure.nodes(3)).isEqualTo(1);
    assertThat(structure.slots(3, 0)).isEqualTo(new Range(0, 100));
    assertThat(structure.children(3, 0)).isEqualTo(new Range(0, 5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10|1,3,10",
        "25|1,3,9,25",
        "50|1,4,14,50",
        "100|1,5,22,100",
        "200|1,6,34,200",
        "1000|1,10,100,1000",
        "1|1,1",
        "2|1,2",
      })
  void theRuleOfThumbGivesThePapersStructures(int slots, String structure) {
    assertThat(Structure.ruleOfThumb(slots)).isEqualTo(Structure.parse(structure));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,100", "1,1", "1,5,22,100", "1,2,10,50,100", "1,3,7,7,11", "1,7,1000"})
  void childrenPartitionEveryLevelAndDifferByAtMostOne(String text) {
    Structure structure = Structure.parse(text);
    for (int level = 1; level <= structure.levels(); level++) {
      int at = 0;
      int slot = 0;
      int least = structure.nodes(level - 1) / structure.nodes(level);
      for (int node = 0; node < structure.nodes(level); node++) {
        Range children = structure.children(level, node);
        assertThat(children.from()).isEqualTo(at);
        assertThat(children.length()).isBetween(Math.max(1, least), least + 1);
        at = children.to();
        assertThat(structure.slots(level, node).from()).isEqualTo(slot);
        slot = structure.slots(level, node).to();
      }
      assertThat(at).isEqualTo(structure.nodes(level - 1));
      assertThat(slot).isEqualTo(structure.slots());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,100", "1,1", "1,5,22,100", "1,2,10,50,100", "1,3,7,7,11", "1,7,1000"})
  void aSlotLiesBelowTheNodeThatListsIt(String text) {
    Structure structure = Structure.parse(text);
    for (int level = 0; level <= structure.levels(); level++) {
      for (int slot = 0; slot < structure.slots(); slot++) {
        Range slots = structure.slots(level, structure.nodeOf(level, slot));
        assertThat(slots.contains(new Range(slot, slot + 1))).isTrue();
      }
    }
  }

  @Test
  void textReadsWithCommasDashesAndBrackets() {
    assertThat(Structure.parse("[1, 5, 22, 100]")).isEqualTo(Structure.of(1, 5, 22, 100));
    assertThat(Structure.parse("1-5-22-100")).isEqualTo(Structure.of(1, 5, 22, 100));
    assertThat(Structure.parse(Structure.of(1, 4, 16).toString()))
        .isEqualTo(Structure.of(1, 4, 16));
  }

  @Test
  void whatIsNoTreeIsRefused() {
    assertThatThrownBy(() -> Structure.of(1))
        .hasMessage("structure [1] has 1 levels, needs the root and the slots");
    assertThatThrownBy(() -> Structure.of(2, 4))
        .hasMessage("structure [2, 4] starts with 2, the root is 1 node");
    assertThatThrownBy(() -> Structure.of(1, 8, 4))
        .hasMessage(
            "structure [1, 8, 4]: a level of 4 nodes cannot feed 8, every node needs a child");
    assertThatThrownBy(() -> Structure.parse("1,x"))
        .hasMessage("structure \"1,x\" must be whole numbers from the root, as 1,5,22,100");
    assertThatThrownBy(() -> Structure.parse("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Structure.ruleOfThumb(0)).isInstanceOf(IllegalArgumentException.class);
    assertThat(new Structure(List.of(1, 1, 1)).slots()).isEqualTo(1);
  }
}
