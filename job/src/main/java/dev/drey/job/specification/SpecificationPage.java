package dev.drey.job.specification;

import dev.drey.job.specification.key.EitherSection;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.Section;
import dev.drey.job.specification.key.Shorthand;
import dev.drey.job.specification.key.Type;

/** The reference page of every key, in Markdown: {@code docs/specification.md}. */
public final class SpecificationPage {

  private static final String INTRODUCTION =
      """
      # The run specification

      <!-- Made from the code by SpecificationPage; change a key there, then
           mvn -q -pl job -am test -Dtest=SpecificationPageTest -Ddrey.write=true \\
             -Dsurefire.failIfNoSpecifiedTests=false -->

      `bin/drey train FILE` reads one YAML file and checks all of it before anything starts: every
      mistake is reported at once, with its key, value, limit and line.
      [examples/fashion-mlp.yaml](../examples/fashion-mlp.yaml) is a short one;
      `spec.yaml` in a run's directory shows every default as that run had it.

      - Only what has no default must be written: `network.layers` and `data`.
      - Relative paths start from the specification's own directory.
      - A layer that reads from another than the one before says so beside its kind, by name:
        `- add: {from: stem}`, or `- conv2d: {filters: 64}` with `from: stem` and `name: branch`
        in lines of their own below it.
      - Times have a unit (`500 ms`, `10 s`, `2 min`, `1 h`), memory sizes too (`1769 MB`, `2 GB`;
        a GB is 1024 MB), lengths are in steps or epochs (`300 steps`, `2 epochs`).
      - One of several is written as its name (`optimizer: adam`), or with keys of its own
        (`optimizer: {adam: {beta1: 0.8}}`).
      - `--set training.epochs=3` on the command line overrides the file.
      - Plain YAML: no anchors, aliases or tags; at most 1 MB.
      """;

  private SpecificationPage() {}

  /** The whole page. */
  public static String render() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    for (Key<RunSpecification, ?> key : RunSpecification.SECTION.keys()) {
      page.append("\n## ").append(key.name()).append("\n\n");
      if (key.type() instanceof Section<?> section) {
        page.append(sentence(key.meaning())).append("\n\n");
        table(page);
        section.visit("", new Rows(page));
      } else if (key.type() instanceof EitherSection<?> either) {
        page.append(sentence(key.meaning())).append("\n\n");
        table(page);
        either.usual().section().visit("", new Rows(page));
        page.append("\n### ").append(key.name()).append(' ').append(either.other().meaning());
        page.append("\n\n").append("A section with the key `%s`.\n\n".formatted(either.marker()));
        table(page);
        either.other().section().visit("", new Rows(page));
      } else {
        table(page);
        row(page, key.name(), key);
      }
    }
    return page.toString();
  }

  /** A row for each key, and for each alternative that has a meaning of its own. */
  private record Rows(StringBuilder page) implements Type.KeyVisitor {

    @Override
    public void visit(String path, Key<?, ?> key) {
      row(page, path, key);
    }

    @Override
    public void alternative(String path, String meaning) {
      if (!meaning.isEmpty()) {
        page.append("| `%s` |  |  | %s |\n".formatted(path, meaning));
      }
    }
  }

  private static void table(StringBuilder page) {
    page.append("| key | value | default | meaning |\n|---|---|---|---|\n");
  }

  private static void row(StringBuilder page, String path, Key<?, ?> key) {
    page.append(
        "| `%s` | %s | %s | %s |\n"
            .formatted(path, value(key.type()), fallback(key), key.meaning()));
  }

  private static String value(Type<?> type) {
    if (type instanceof Shorthand<?, ?> shorthand) {
      return shorthand.key().type().expects() + ", or the keys below";
    }
    return type instanceof Section<?> ? "the keys below" : type.expects();
  }

  private static String fallback(Key<?, ?> key) {
    return key.isRequired() ? "**must be given**" : key.shownDefault();
  }

  private static String sentence(String meaning) {
    return Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1) + ".";
  }
}
