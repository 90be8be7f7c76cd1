package dev.drey.job.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import org.apache.flink.runtime.JobException;
import org.apache.flink.runtime.client.JobExecutionException;
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
  void aFailureOfItsOwnKeepsItsMessageThoughItHasACause() {
    assertThat(FailureText.of(new IOException("the disk is full", new IOException("ENOSPC"))))
        .isEqualTo("the disk is full");
  }
}
