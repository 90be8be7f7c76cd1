package dev.drey.job.cli.shell;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** A shell in a directory, on 2026-11-22 at 12:34:56, whose output can be looked at. */
public final class TestingShell {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Shell shell;

  public TestingShell(Path directory) {
    this(directory, Clock.fixed(Instant.parse("2026-11-22T12:34:56Z"), ZoneOffset.UTC));
  }

  public TestingShell(Path directory, Clock clock) {
    this.shell =
        new Shell(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            directory,
            directory,
            clock,
            () -> 0);
  }

  public Shell shell() {
    return shell;
  }

  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
