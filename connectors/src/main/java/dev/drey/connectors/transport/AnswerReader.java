package dev.drey.connectors.transport;

import dev.drey.core.blob.Blob;
import dev.drey.core.parameters.Floats;
import dev.drey.core.protocol.ProtocolException;
import dev.drey.core.protocol.ProtocolJson;
import dev.drey.core.protocol.WorkAnswer;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Proves that an answer belongs to its request, and takes in its result. Thread-safe. */
final class AnswerReader implements AutoCloseable {

  private static final int MICROS_PER_MILLI = 1000;

  private final @Nullable StoredResults results;

  /**
   * Reads answers.
   *
   * @param results that workers put into a store, closed with this; null if all come inside answers
   */
  AnswerReader(@Nullable StoredResults results) {
    this.results = results;
  }

  /**
   * The result that an answer holds.
   *
   * @param reported what the service says that the call cost; null where it says nothing: then it
   *     is what the worker says, in whole milliseconds, rounded up
   * @throws WorkerException BAD_ANSWER if it does not belong to this request; NOT_FINITE if a value
   *     of its result is NaN or infinite; if it is a refusal, the kind that its reason stands for
   */
  WorkResult read(WorkRequest request, byte[] message, @Nullable Bill reported)
      throws WorkerException {
    Bill known = reported == null ? Bill.NOTHING : reported;
    WorkAnswer answer;
    try {
      answer = ProtocolJson.decodeAnswer(message);
    } catch (ProtocolException e) {
      throw badAnswer(request, e.getMessage(), known, e);
    }
    if (answer instanceof WorkAnswer.Refused refused) {
      throw new WorkerException(
          kind(refused.reason()), refused.reason() + ": " + refused.message(), known, null);
    }
    WorkAnswer.Done done = (WorkAnswer.Done) answer;
    Bill bill = reported == null ? own(done) : reported;
    check(request, done, bill);
    try {
      float[] values = values(request, done, bill);
      checkFinite(request, values, bill);
      return new WorkResult(done, values, bill);
    } catch (IOException e) {
      throw badAnswer(request, e.getMessage(), bill, e);
    }
  }

  private static void checkFinite(WorkRequest request, float[] values, Bill bill)
      throws WorkerException {
    int bad = Floats.firstNotFinite(values);
    if (bad >= 0) {
      throw new WorkerException(
          WorkerException.Kind.NOT_FINITE,
          "the result of the %s of step %d, slot %d is %s at index %d of %d, must be finite"
              .formatted(
                  request.id().kind(),
                  request.id().step(),
                  request.id().slot(),
                  values[bad],
                  bad,
                  values.length),
          bill,
          null);
    }
  }

  private static WorkerException.Kind kind(WorkAnswer.Reason reason) {
    return switch (reason) {
      case LEASE_EXPIRED, BAD_WEIGHTS -> WorkerException.Kind.REFUSED;
      case BAD_DATA -> WorkerException.Kind.BAD_DATA;
      case NOT_FINITE -> WorkerException.Kind.NOT_FINITE;
      case BAD_REQUEST -> WorkerException.Kind.REJECTED;
    };
  }

  private static Bill own(WorkAnswer.Done done) {
    return new Bill(-Math.floorDiv(-Math.max(0, done.totalMicros()), MICROS_PER_MILLI), false);
  }

  private static void check(WorkRequest request, WorkAnswer.Done done, Bill bill)
      throws WorkerException {
    for (Named part : Named.PARTS) {
      Object asked = part.of().apply(request.id());
      Object answered = part.of().apply(done.id());
      if (!answered.equals(asked)) {
        throw badAnswer(
            request,
            "it belongs to " + part.name() + " " + answered + ", not " + asked,
            bill,
            null);
      }
    }
    if (done.version() != request.weights().version()) {
      throw badAnswer(
          request,
          "it has version " + done.version() + ", not " + request.weights().version(),
          bill,
          null);
    }
    if (done.examples() != request.examples().count()) {
      throw badAnswer(
          request,
          "it has " + done.examples() + " examples, not " + request.examples().count(),
          bill,
          null);
    }
  }

  private float[] values(WorkRequest request, WorkAnswer.Done done, Bill bill)
      throws IOException, WorkerException {
    Blob result = done.result();
    long expected = request.resultFloats();
    long bytes = bytes(result);
    if (bytes != expected * Float.BYTES) {
      throw badAnswer(
          request, "its result has " + bytes + " bytes, not " + expected * Float.BYTES, bill, null);
    }
    if (result instanceof Blob.Inline inline) {
      return Floats.fromBytes(inline.verified());
    }
    if (result instanceof Blob.Reference reference) {
      if (results == null) {
        throw badAnswer(request, "its result is at " + reference.uri(), bill, null);
      }
      return results.take(reference, Math.toIntExact(expected));
    }
    return new float[0];
  }

  private static long bytes(@Nullable Blob result) {
    if (result instanceof Blob.Inline inline) {
      return inline.base64().length;
    }
    return result instanceof Blob.Reference reference ? reference.bytes() : 0;
  }

  private static WorkerException badAnswer(
      WorkRequest request, @Nullable String why, Bill bill, @Nullable Throwable cause) {
    return new WorkerException(
        WorkerException.Kind.BAD_ANSWER,
        "the answer to the "
            + request.id().kind()
            + " of step "
            + request.id().step()
            + ", slot "
            + request.id().slot()
            + " is invalid: "
            + why,
        bill,
        cause);
  }

  @Override
  public void close() throws IOException {
    if (results != null) {
      results.close();
    }
  }

  /**
   * A part of a request's id.
   *
   * @param name in errors
   * @param of reads it
   */
  private record Named(String name, Function<WorkRequest.Id, Object> of) {

    private static final List<Named> PARTS =
        List.of(
            new Named("run", WorkRequest.Id::run),
            new Named("incarnation", WorkRequest.Id::incarnation),
            new Named("task", WorkRequest.Id::kind),
            new Named("step", WorkRequest.Id::step),
            new Named("slot", WorkRequest.Id::slot),
            new Named("attempt", WorkRequest.Id::attempt));
  }
}
