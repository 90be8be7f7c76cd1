package dev.drey.job.cli.shell;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/**
 * The option with which every command that reads a specification takes other values for its keys.
 */
public final class SetOption {

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "overrides the specification's value, as --set training.mini-batch=512; may be repeated")
  private Map<String, String> values = new LinkedHashMap<>();

  /** The values by dotted key, unmodifiable. */
  public Map<String, String> values() {
    return Collections.unmodifiableMap(values);
  }
}
