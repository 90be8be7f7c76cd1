package dev.drey.job.cli;

import static dev.drey.job.cli.shell.TextTable.Column.NUMBERS;
import static dev.drey.job.cli.shell.TextTable.Column.WORDS;

import dev.drey.core.network.LayerCost;
import dev.drey.core.network.NetworkCost;
import dev.drey.core.network.Node;
import dev.drey.job.cli.shell.TextTable;
import dev.drey.job.prepare.MemoryText;
import java.util.List;
import java.util.Locale;

/** An inspection as a table for people, with the totals below. */
final class InspectionText {

  private final Inspection inspection;
  private final StringBuilder text = new StringBuilder();

  private InspectionText(Inspection inspection) {
    this.inspection = inspection;
  }

  static String of(Inspection inspection) {
    InspectionText written = new InspectionText(inspection);
    written.table();
    written.totals();
    return written.text.toString();
  }

  private void table() {
    TextTable table = new TextTable(List.of(WORDS, WORDS, WORDS, NUMBERS, NUMBERS, NUMBERS));
    table.row("layer", "kind", "output", "parameters", "memory", "FLOP");
    table.row("input", "", inspection.network().input().toString(), "", "", "");
    inspection.cost().layers().forEach(layer -> row(layer, table));
    text.append(table);
  }

  private void row(LayerCost cost, TextTable table) {
    Node node = cost.node();
    table.row(
        node.name(),
        node.layer().kind() + reads(node),
        node.outputShape().toString(),
        count(cost.parameters()),
        MemoryText.of(cost.activationBytes()),
        count(cost.forwardFlops()));
  }

  private String reads(Node node) {
    StringBuilder reads = new StringBuilder();
    if (node.input() != node.index() - 1) {
      reads.append(" of ").append(name(node.input()));
    }
    node.addend().ifPresent(index -> reads.append(" + ").append(name(index)));
    return reads.toString();
  }

  private String name(int index) {
    return index == Node.INPUT ? "input" : inspection.network().nodes().get(index).name();
  }

  private void totals() {
    NetworkCost cost = inspection.cost();
    text.append('\n');
    line(
        "parameters",
        "%s: %s trained, %s statistics",
        count(cost.trained() + cost.statistics()),
        count(cost.trained()),
        count(cost.statistics()));
    line("weights", "%s, and as much of gradient", MemoryText.of(cost.vectorBytes()));
    line(
        "FLOP",
        "%s forward, %s forward and backward, for an example",
        count(cost.forwardFlops()),
        count(cost.trainingFlops()));
    line(
        "worker",
        "about %d MB with a mini-batch of %s: %s",
        inspection.memory().totalMb(),
        count(inspection.miniBatch()),
        MemoryText.parts(inspection.memory()));
    line(
        "workers.memory",
        "%d MB; at least %d MB with this mini-batch, %d MB with one of 1",
        inspection.memoryMb(),
        inspection.memory().totalMb(),
        inspection.least().totalMb());
  }

  private void line(String name, String format, Object... values) {
    text.append(String.format(Locale.ROOT, "%-14s  ", name))
        .append(String.format(Locale.ROOT, format, values))
        .append('\n');
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
