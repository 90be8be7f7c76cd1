package dev.drey.job.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import org.apache.flink.runtime.JobException;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.util.FlinkException;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.Test;

class FailureTextTest {

  @Test
  void whatATaskFailedOfIsToldWithoutWhatPassedItOn() {
    Exception task =
        new Exception("Could not complete the stream element", new IOException("slot 1 failed"));
    Exception failure =
        new ExecutionException(
            new JobExecutionException(
                null, "Job execution failed.", new JobException("no restart", serialized(task))));

    assertThat(FailureText.of(failure)).isEqualTo("slot 1 failed");
  }

  private static SerializedThrowable serialized(Throwable failure) {
    return new SerializedThrowable(failure);
  }

  @Test
  void anExceptionWithoutACauseOrAMessageIsToldAsItIs() {
    assertThat(FailureText.of(new Exception("on its own"))).isEqualTo("on its own");
    assertThat(FailureText.of(new UncheckedIOException(new IOException("inside"))))
        .isEqualTo("inside");
    assertThat(FailureText.of(new ExecutionException(new IllegalStateException())))
        .isEqualTo("java.lang.IllegalStateException");
  }

  @Test
  void anErrorIsToldWithItsClass() {
    Error error = new NoClassDefFoundError("dev/drey/Missing");

    assertThat(FailureText.of(error)).isEqualTo("java.lang.NoClassDefFoundError: dev/drey/Missing");
    assertThat(FailureText.of(serialized(error)))
        .isEqualTo("java.lang.NoClassDefFoundError: dev/drey/Missing");
  }

  @Test
  void theRootCauseIsNamedBehindWhatFailed() {
    IOException root = new IOException("No space left on device");
    Exception loader = new FlinkException("Could not load RpcSystem", wrapped(root));
    Exception library = new IOException("Could not load the native RocksDB library", wrapped(root));

    assertThat(FailureText.of(new IllegalStateException("Could not load RpcSystem", wrapped(root))))
        .isEqualTo("Could not load RpcSystem; cause: No space left on device");
    assertThat(FailureText.of(loader)).isEqualTo("middle; cause: No space left on device");
    assertThat(FailureText.of(serialized(library)))
        .isEqualTo("Could not load the native RocksDB library; cause: No space left on device");
    assertThat(FailureText.of(new IOException("cannot save", new NoSuchFileException("/a/b"))))
        .isEqualTo("cannot save; cause: NoSuchFileException: /a/b");
    assertThat(FailureText.of(new IOException("cannot read", new EOFException())))
        .isEqualTo("cannot read; cause: java.io.EOFException");
    assertThat(FailureText.of(new IOException("a fails: b", new IOException("b"))))
        .isEqualTo("a fails: b");
  }

  private static Exception wrapped(Exception root) {
    return new RuntimeException(new UncheckedIOException(new IOException("middle", root)));
  }

  @Test
  void theTextIsOneLine() {
    assertThat(FailureText.of(new IOException("first\n  second\n"))).isEqualTo("first second");
  }

  @Test
  void aFullDiskIsFoundAnywhereInAFailure() {
    Exception closing = new IOException("cannot close");
    closing.addSuppressed(new IOException("/tmp/x: No space left on device"));

    assertThat(FailureText.isDiskFull(serialized(new RuntimeException(closing)))).isTrue();
    assertThat(FailureText.isDiskFull(wrapped(new IOException("Disk quota exceeded")))).isTrue();
    assertThat(FailureText.isDiskFull(wrapped(new IOException("broken pipe")))).isFalse();
  }
}
