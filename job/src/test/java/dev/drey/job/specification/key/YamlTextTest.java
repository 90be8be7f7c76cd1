package dev.drey.job.specification.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class YamlTextTest {

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void everyValueKnowsItsPlace() throws SpecificationException {
    Yaml tree = YamlText.parse(bytes("a:\n  - 1\n  - b: two\n"));

    Yaml.Mapping top = (Yaml.Mapping) tree;
    Yaml.Items list = (Yaml.Items) top.entries().get("a");
    Yaml.Mapping inner = (Yaml.Mapping) list.items().get(1);
    assertThat(list.items().get(0)).isEqualTo(new Yaml.Text(new Place("a[0]", 2), "1"));
    assertThat(inner.entries().get("b")).isEqualTo(new Yaml.Text(new Place("a[1].b", 3), "two"));
  }

  @Test
  void wordsStayWords() throws SpecificationException {
    Yaml.Mapping top = (Yaml.Mapping) YamlText.parse(bytes("{a: no, b: 012, c: 1e-3, d: 10:30}"));

    assertThat(top.entries().values().stream().map(value -> ((Yaml.Text) value).text()))
        .containsExactly("no", "012", "1e-3", "10:30");
  }

  @Test
  void whatIsNotPlainYamlIsRefused() {
    Map<String, String> told =
        Map.of(
            "a: &x 1\nb: *x",
            "has an anchor or alias, write the value out (line 1)",
            "a: !!java.net.URL [x]",
            "has the tag tag:yaml.org,2002:java.net.URL, leave it out",
            "a: 1\na: 2",
            "a: is given twice, may be given once (line 2)",
            "a: [1",
            "is not YAML: ",
            "a: 1\n---\nb: 2",
            "is not YAML: expected a single document in the stream, but found another",
            "a:\n\tb: 1",
            "is not YAML: ",
            "[".repeat(500_000) + "]".repeat(500_000),
            "is nested deeper than 20 levels");

    told.forEach(
        (text, message) ->
            assertThatThrownBy(() -> YamlText.parse(bytes(text)))
                .isInstanceOf(SpecificationException.class)
                .hasMessageContaining(message));
  }

  @Test
  void aliasesCannotMultiply() {
    String bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n";

    assertThatThrownBy(() -> YamlText.parse(bytes(bomb)))
        .isInstanceOf(SpecificationException.class)
        .hasMessage("has an anchor or alias, write the value out (line 1)");
  }

  @Test
  void lengthAndEncodingAreChecked() {
    assertThatThrownBy(() -> YamlText.parse(new byte[YamlText.MAX_BYTES + 1]))
        .hasMessage("has 1048577 bytes, may have at most 1048576");
    assertThatThrownBy(() -> YamlText.parse(new byte[] {'a', ':', ' ', (byte) 0xff}))
        .hasMessage("is not UTF-8 text");
  }

  @Test
  void whatIsWrittenIsReadAsTheSameWords() throws SpecificationException {
    String written =
        YamlText.write(
            Map.of("list", List.of(1, 4, 16), "text", "1769 MB: a # b", "number", 1.0E-4));

    Yaml.Mapping top = (Yaml.Mapping) YamlText.parse(bytes(written));
    assertThat(written).contains("list: [1, 4, 16]\n");
    assertThat(((Yaml.Text) top.entries().get("text")).text()).isEqualTo("1769 MB: a # b");
    assertThat(((Yaml.Text) top.entries().get("number")).text()).isEqualTo("1.0E-4");
  }
}
