package dev.drey.connectors.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.connectors.store.JobStores;
import dev.drey.core.blob.Blob;
import dev.drey.core.blob.Checksum;
import dev.drey.core.exchange.Store;
import dev.drey.core.parameters.Floats;
import dev.drey.core.protocol.ProtocolJson;
import dev.drey.core.protocol.Weights;
import dev.drey.core.protocol.WorkAnswer;
import dev.drey.core.protocol.WorkRequest;
import dev.drey.core.work.Work;
import dev.drey.core.worker.Bill;
import dev.drey.core.worker.WorkResult;
import dev.drey.core.worker.WorkerException;
import dev.drey.core.worker.WorkerException.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TransportTest {

  private static final float[] GRADIENT = {1, 2, 3, 4, 5, 6};
  private static final Bill BILL = new Bill(12, true);

  @TempDir Path root;

  private Path results;
  private Store store;

  @BeforeEach
  void directories() throws IOException {
    results = Files.createDirectory(root.resolve("results"));
    store = JobStores.open(JobStores.create(root.resolve("weights").toUri()));
  }

  @Test
  void smallWeightsAndResultsTravelInsideTheMessages() throws Exception {
    Transport transport = transport(TransportSettings.shared(results.toUri()));
    WorkRequest request = request(published(6));

    WorkRequest sent = ProtocolJson.decodeRequest(transport.encode(request));
    Blob blob = sent.weights().parts().get(0).blob();
    assertThat(((Blob.Inline) blob).verified()).isEqualTo(Floats.toBytes(new float[6]));
    assertThat(sent.answer())
        .isEqualTo(
            new WorkRequest.Transport(TransportSettings.DEFAULT_INLINE_BYTES, results.toUri()));

    WorkResult result =
        transport.decode(request, answer(request, Blob.Inline.of(Floats.toBytes(GRADIENT))), BILL);
    assertThat(result.values()).containsExactly(GRADIENT);
    assertThat(result.bill()).isEqualTo(BILL);
    assertThat(result.answer().lossSum()).isEqualTo(2.5);
  }

  @Test
  void largeWeightsStayInTheStoreWhereWorkersReachIt() throws Exception {
    Transport transport = transport(TransportSettings.shared(results.toUri()));
    WorkRequest request = request(published(100_000));

    byte[] message = transport.encode(request);

    assertThat(message).hasSizeLessThan(2_000);
    assertThat(ProtocolJson.decodeRequest(message).weights()).isEqualTo(request.weights());
  }

  @Test
  void largeWeightsGoInsideWhereWorkersReachNoStore() throws Exception {
    WorkRequest request = request(published(1_000_000));

    WorkRequest sent =
        ProtocolJson.decodeRequest(transport(TransportSettings.inline()).encode(request));

    assertThat(sent.weights().parts().get(0).blob()).isInstanceOf(Blob.Inline.class);
    assertThat(sent.answer().directory()).isNull();
    assertThat(sent.answer().inlineBytes()).isGreaterThanOrEqualTo(4_000_000);
  }

  @Test
  void theLargestWeightsThatFitInsideDoFit() throws Exception {
    WorkRequest request = request(published(TransportSettings.MAX_INLINE_BYTES / Float.BYTES));

    assertThat(transport(TransportSettings.inline()).encode(request))
        .hasSizeLessThanOrEqualTo(ProtocolJson.MAX_MESSAGE_BYTES);
  }

  @Test
  void weightsThatFitNoMessageAreABadCallThatNamesTheSizes() throws Exception {
    WorkRequest request = request(published(1_200_000));

    assertThatThrownBy(() -> transport(TransportSettings.inline()).encode(request))
        .isInstanceOfSatisfying(
            WorkerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_CALL))
        .hasMessageContaining("weights of 1200000 parameters has 4800000 bytes, at most 46");
  }

  @Test
  void aResultThatFitsNoAnswerIsABadCall() throws Exception {
    WorkRequest request = request(published(1_200_000));
    Transport transport = transport(new TransportSettings(true, 1000, null));

    assertThatThrownBy(() -> transport.encode(request))
        .isInstanceOfSatisfying(
            WorkerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_CALL))
        .hasMessageContaining("the result has 4800000 bytes");
  }

  @Test
  void missingWeightsAreUnavailable() throws Exception {
    Blob.Reference reference = store.put("v1", new float[6]);
    store.delete(reference);

    assertThatThrownBy(
            () ->
                transport(TransportSettings.inline())
                    .encode(request(Requests.weights(1, 6, reference))))
        .isInstanceOfSatisfying(
            WorkerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessageContaining("weights of version 1 cannot be fetched");
  }

  @Test
  void aResultInAFileIsTakenAndItsFileDeleted() throws Exception {
    WorkRequest request = request(published(6));
    Path file = results.resolve("r1.f32");
    String crc32c = write(file);

    WorkResult result =
        transport(TransportSettings.shared(results.toUri()))
            .decode(request, answer(request, new Blob.Reference(file.toUri(), 24, crc32c)), BILL);

    assertThat(result.values()).containsExactly(GRADIENT);
    assertThat(file).doesNotExist();
  }

  @Test
  void aDamagedResultIsABadAnswer() throws Exception {
    WorkRequest request = request(published(6));
    Path file = results.resolve("r1.f32");
    write(file);

    assertBadAnswer(request, new Blob.Reference(file.toUri(), 24, "00000000"), "says 00000000");
    assertThat(file).doesNotExist();
    byte[] bytes = Floats.toBytes(GRADIENT);
    assertBadAnswer(request, new Blob.Inline(bytes, "00000000"), "not 00000000");
  }

  @Test
  void aResultOutsideTheDirectoryIsABadAnswerAndLeftAlone() throws Exception {
    WorkRequest request = request(published(6));
    Path secret = root.resolve("secret");
    String crc32c = write(secret);

    assertBadAnswer(request, new Blob.Reference(secret.toUri(), 24, crc32c), "is not a file of");
    URI sly = URI.create(results.toUri() + "../secret");
    assertBadAnswer(request, new Blob.Reference(sly, 24, crc32c), "is not a file of");
    assertThat(secret).exists();
  }

  @Test
  void aResultOfAnotherLengthIsABadAnswer() throws Exception {
    WorkRequest request = request(published(6));

    assertBadAnswer(request, Blob.Inline.of(new byte[20]), "has 20 bytes, not 24");
    assertBadAnswer(request, answer(request, null), "has 0 bytes, not 24");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"run\":\"run\"|\"run\":\"another\"|it belongs to run another, not run",
        "\"start-1\"|\"start-0\"|it belongs to incarnation start-0, not start-1",
        "\"gradient\"|\"prediction\"|it belongs to task PREDICTION, not GRADIENT",
        "\"step\":7|\"step\":6|it belongs to step 6, not 7",
        "\"slot\":3|\"slot\":2|it belongs to slot 2, not 3",
        "\"attempt\":1|\"attempt\":2|it belongs to attempt 2, not 1",
        "\"version\":1|\"version\":0|it has version 0, not 1",
        "\"examples\":2|\"examples\":1|it has 1 examples, not 2",
        "\"protocol\":1|\"protocol\":2|answer has protocol 2, this side speaks 1",
        "\"crc32c\":\"|\"crc32c\":\"0|24 bytes have CRC-32C 805104b9",
        "\"lossSum\":2.5|\"lossSum\":1e999|lossSum is Infinity, must be finite",
      })
  void anAnswerThatIsWrongInOnePlaceIsABadAnswer(String right, String wrong, String why)
      throws Exception {
    WorkRequest request = request(published(6));
    String good =
        new String(
            answer(request, Blob.Inline.of(Floats.toBytes(GRADIENT))), StandardCharsets.UTF_8);
    assertThat(good).contains(right);

    assertBadAnswer(
        request,
        good.replace(right, wrong).getBytes(StandardCharsets.UTF_8),
        "slot 3 is invalid: ");
    assertBadAnswer(request, good.replace(right, wrong).getBytes(StandardCharsets.UTF_8), why);
  }

  @Test
  void whatIsNoAnswerIsABadAnswer() throws Exception {
    WorkRequest request = request(published(6));

    assertBadAnswer(request, "{}".getBytes(StandardCharsets.UTF_8), "protocol");
    assertBadAnswer(request, "null".getBytes(StandardCharsets.UTF_8), "is invalid");
    assertBadAnswer(request, new byte[0], "is invalid");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void aResultThatIsNotFiniteIsRefusedWithItsPlace(float value) throws Exception {
    WorkRequest request = request(published(6));
    float[] gradient = GRADIENT.clone();
    gradient[4] = value;
    Blob result = Blob.Inline.of(Floats.toBytes(gradient));

    assertThatThrownBy(
            () ->
                transport(TransportSettings.inline())
                    .decode(request, answer(request, result), BILL))
        .isInstanceOfSatisfying(
            WorkerException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.NOT_FINITE);
              assertThat(e.bill()).isEqualTo(BILL);
            })
        .hasMessage(
            "the result of the GRADIENT of step 7, slot 3 is %s at index 4 of 6, must be finite",
            value);
  }

  @Test
  void anEvaluationHasNoResult() throws Exception {
    WorkRequest request = Requests.of("run", Work.Kind.EVALUATION, published(6));

    assertThat(
            transport(TransportSettings.inline())
                .decode(request, answer(request, null), BILL)
                .values())
        .isEmpty();
  }

  @Test
  void aPredictionHasAsManyValuesAsOutputs() throws Exception {
    WorkRequest request = Requests.of("run", Work.Kind.PREDICTION, published(6));
    Blob outputs = Blob.Inline.of(Floats.toBytes(new float[] {1, 2, 3, 4}));

    assertThat(
            transport(TransportSettings.inline())
                .decode(request, answer(request, outputs), BILL)
                .values())
        .containsExactly(1, 2, 3, 4);
  }

  @Test
  void aRefusalSaysWhetherItMayPass() throws Exception {
    WorkRequest request = request(published(6));
    for (WorkAnswer.Reason reason : WorkAnswer.Reason.values()) {
      byte[] refusal = ProtocolJson.encode(new WorkAnswer.Refused(reason, "said so"));

      assertThatThrownBy(() -> transport(TransportSettings.inline()).decode(request, refusal, BILL))
          .isInstanceOfSatisfying(
              WorkerException.class,
              e -> {
                assertThat(e.kind() == Kind.REFUSED).isEqualTo(reason.retryable());
                assertThat(e.bill()).isEqualTo(BILL);
              })
          .hasMessageContaining("said so");
    }
  }

  @Test
  void withoutAReportTheBillIsTheWorkersOwnTimeRoundedUp() throws Exception {
    WorkRequest request = request(published(6));
    Blob result = Blob.Inline.of(Floats.toBytes(GRADIENT));

    assertThat(
            transport(TransportSettings.inline())
                .decode(request, answer(request, result), null)
                .bill())
        .isEqualTo(new Bill(3, false));
  }

  /** Writes a result as a worker does. */
  private static String write(Path file) throws IOException {
    byte[] bytes = Floats.toBytes(GRADIENT);
    Files.write(file, bytes);
    return Checksum.of(bytes);
  }

  private Transport transport(TransportSettings settings) throws IOException {
    return new Transport(settings, store);
  }

  private Weights published(int count) throws IOException {
    return Requests.weights(1, count, store.put("v1", new float[count]));
  }

  private static WorkRequest request(Weights weights) {
    return Requests.of("run", Work.Kind.GRADIENT, weights);
  }

  private static byte[] answer(WorkRequest request, @Nullable Blob result) {
    return ProtocolJson.encode(
        new WorkAnswer.Done(
            request.id(), request.weights().version(), 2, 2.5, 1, result, 1_500, 2_001));
  }

  private void assertBadAnswer(WorkRequest request, @Nullable Blob result, String why) {
    assertBadAnswer(request, answer(request, result), why);
  }

  private void assertBadAnswer(WorkRequest request, byte[] answer, String why) {
    assertThatThrownBy(
            () ->
                transport(TransportSettings.shared(results.toUri())).decode(request, answer, BILL))
        .isInstanceOfSatisfying(
            WorkerException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.BAD_ANSWER);
              assertThat(e.bill()).isEqualTo(BILL);
            })
        .hasMessageContaining(why);
  }
}
