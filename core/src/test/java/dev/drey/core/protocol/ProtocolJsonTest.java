package dev.drey.core.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drey.core.blob.Blob;
import dev.drey.core.layer.Activation;
import dev.drey.core.layer.Dense;
import dev.drey.core.layer.Initializer;
import dev.drey.core.parameters.Floats;
import dev.drey.core.parameters.Range;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProtocolJsonTest {

  @Test
  void aRequestComesBackAsItWasSent() throws IOException {
    WorkRequest sent = ExampleMessages.requests().get("request-gradient");

    WorkRequest read = ProtocolJson.decodeRequest(ProtocolJson.encode(sent));

    assertThat(read).usingRecursiveComparison().isEqualTo(sent);
    Examples.Rows rows = (Examples.Rows) read.examples();
    assertThat(rows.rows()).containsExactly(0, 2, 3);
    assertThat(rows.count()).isEqualTo(3);
    Blob.Inline weights = (Blob.Inline) read.weights().parts().get(0).blob();
    assertThat(Floats.fromBytes(weights.verified()))
        .containsExactly(ExampleMessages.FLOWER_WEIGHTS);
  }

  @ParameterizedTest
  @MethodSource("requestNames")
  void requestsAreTheGoldenFilesByteForByte(String name) throws IOException {
    WorkRequest request = ExampleMessages.requests().get(name);
    byte[] golden = GoldenFiles.read(name + ".json");

    assertThat(new String(ProtocolJson.encode(request), UTF_8))
        .isEqualTo(new String(golden, UTF_8));
    assertThat(ProtocolJson.decodeRequest(golden)).usingRecursiveComparison().isEqualTo(request);
  }

  @ParameterizedTest
  @MethodSource("answerNames")
  void answersAreTheGoldenFilesByteForByte(String name) throws IOException {
    WorkAnswer answer = ExampleMessages.answers().get(name);
    byte[] golden = GoldenFiles.read(name + ".json");

    assertThat(new String(ProtocolJson.encode(answer), UTF_8)).isEqualTo(new String(golden, UTF_8));
    assertThat(ProtocolJson.decodeAnswer(golden)).usingRecursiveComparison().isEqualTo(answer);
  }

  @Test
  void everyRefusalReasonComesBack() throws IOException {
    for (WorkAnswer.Reason reason : WorkAnswer.Reason.values()) {
      WorkAnswer answer = new WorkAnswer.Refused(reason, "why");

      assertThat(ProtocolJson.decodeAnswer(ProtocolJson.encode(answer))).isEqualTo(answer);
    }
  }

  @Test
  void unknownKeysArePassedOver() throws IOException {
    String golden = text("answer-evaluation.json");
    String later =
        golden
            .replace("\"run\":", "\"tenant\":{\"name\":[1,2]},\"run\":")
            .replace("\"correct\":2", "\"correct\":2,\"gpu\":null");

    assertThat(ProtocolJson.decodeAnswer(later.getBytes(UTF_8)))
        .isEqualTo(ExampleMessages.answers().get("answer-evaluation"));
  }

  @Test
  void absoluteErrorsAreSentWhereThereAreAny() throws Exception {
    String none = text("answer-evaluation.json");
    String some = none.replace("\"correct\":2", "\"correct\":2,\"absoluteErrorSum\":1.5");

    WorkAnswer.Done read = (WorkAnswer.Done) ProtocolJson.decodeAnswer(some.getBytes(UTF_8));

    assertThat(read.absoluteErrorSum()).isEqualTo(1.5);
    assertThat(new String(ProtocolJson.encode(read), UTF_8)).isEqualTo(some);
  }

  @Test
  void unknownKeysOfARequestArePassedOver() throws IOException {
    String golden = text("request-evaluation.json");
    String later =
        golden
            .replace("\"lease\":", "\"priority\":3,\"lease\":")
            .replace("{\"uri\":", "{\"region\":\"eu\",\"uri\":");

    assertThat(ProtocolJson.decodeRequest(later.getBytes(UTF_8)))
        .usingRecursiveComparison()
        .isEqualTo(ExampleMessages.requests().get("request-evaluation"));
  }

  @Test
  void optionalKeysMayBeLeftOutOrNull() throws IOException {
    String golden = text("request-prediction.json");
    String sparse =
        golden
            .replace("\"activation\":\"sigmoid\"", "\"activation\":null")
            .replace(",\"initializer\":\"he-normal\"", "")
            .replace("\"inlineBytes\":4194304", "\"inlineBytes\":4194304,\"directory\":null");
    assertThat(sparse).isNotEqualTo(golden);

    WorkRequest read = ProtocolJson.decodeRequest(sparse.getBytes(UTF_8));

    assertThat(read.network().layers())
        .containsExactly(new Dense(1, Activation.LINEAR, Initializer.GLOROT_UNIFORM));
    assertThat(read.answer().directory()).isNull();
    String noResult =
        text("answer-evaluation.json").replace("\"correct\":2", "\"correct\":2,\"result\":null");
    assertThat(ProtocolJson.decodeAnswer(noResult.getBytes(UTF_8)))
        .isEqualTo(ExampleMessages.answers().get("answer-evaluation"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"protocol\":2,\"lease\":\"unlike version 1\"}|has protocol 2, this side speaks 1",
        "{\"protocol\":\"1\"}|has protocol 1, this side speaks 1",
        "{\"protocol\":1.0}|has protocol 1.0, this side speaks 1",
        "{\"protocol\":null}|has protocol null, this side speaks 1",
        "{\"lease\":1,\"protocol\":1}|starts with the key lease, must start with protocol",
        "{}|starts with the key null, must start with protocol",
        "[1]|is not a JSON object",
        "1|is not a JSON object",
      })
  void otherVersionsAreRefusedBeforeTheRestIsRead(String message, String complaint) {
    assertThatThrownBy(() -> ProtocolJson.decodeRequest(message.getBytes(UTF_8)))
        .isInstanceOf(ProtocolException.class)
        .hasMessageStartingWith("request ")
        .hasMessageContaining(complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"lease\":1795000000000|\"lease\":null|lease",
        "\"lease\":1795000000000|\"lease\":\"1795000000000\"|lease",
        "\"lease\":1795000000000|\"lease\":1.5|lease",
        "\"lease\":1795000000000,||lease",
        "\"task\":\"gradient\"|\"task\":\"hessian\"|id.task",
        "\"task\":\"gradient\"|\"task\":0|id.task",
        "\"run\":\"flowers\"|\"run\":null|id.run",
        "\"incarnation\":\"0b0d6ac4|\"incarnation\":\"../0b0d6ac4|must be 1 to 64 letters, digits",
        "\"incarnation\":|\"start\":|id",
        "\"inlineBytes\":4194304}|\"inlineBytes\":4194304},\"kernels\":\"avx-1024\"|kernels",
        "\"to\":15|\"to\":-1|range",
        "\"to\":15|\"until\":15|range",
        "\"from\":0|\"from\":1|part [1, 15) must start at 0",
        "\"input\":[2]|\"input\":[0]|network",
        "\"input\":[2]|\"input\":[null]|network",
        "\"input\":[2]|\"input\":[2147483647]|network",
        "\"softmax-cross-entropy\"|\"hinge\"|network.loss",
        "\"dense\"|\"sparse\"|network.layers[0]",
        "\"units\":2|\"units\":0|units is 0, must be at least 1",
        "\"csv\"|\"parquet\"|examples.source",
        "\"rows\":\"AAAAAAIAAAADAAAA\"|\"rows\":\"AAAA\"|rows have 3 bytes, not a multiple of 4",
        "\"rows\":\"AAAAAAIAAAADAAAA\"|\"rows\":[0,2,3]|examples.rows",
        "\"deviation\":[2.0,1.0]|\"deviation\":[2.0,0.0]|deviation not 0",
        "\"base64\":\"AAAAPw|\"base64\":\"****|blob",
        "\"uri\":\"file:///data/flowers.csv\"|\"uri\":\"a b\"|uri",
        "\"inlineBytes\":4194304|\"inlineBytes\":5000000000|inlineBytes",
      })
  void aWrongValueIsRefusedWithItsPlace(String good, String bad, String complaint)
      throws IOException {
    String golden = text("request-gradient.json");
    assertThat(golden).contains(good);
    byte[] message =
        golden.replaceFirst(Pattern.quote(good), bad == null ? "" : bad).getBytes(UTF_8);

    assertThatThrownBy(() -> ProtocolJson.decodeRequest(message))
        .isInstanceOf(ProtocolException.class)
        .hasMessageStartingWith("request")
        .hasMessageContaining(complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"rows\":2,\"columns\":2|\"rows\":3,\"columns\":2|[3, 2] has 16 bytes, needs 24",
        "\"rows\":2,\"columns\":2|\"rows\":2147483647,\"columns\":2147483647|has 16 bytes",
        "\"rows\":2,\"columns\":2|\"rows\":-2,\"columns\":-2|both must be at least 0",
        "\"rows\":2,\"columns\":2|\"columns\":2|rows",
        "\"rows\":2,\"columns\":1|\"rows\":1,\"columns\":2|2 rows of features but 1 of labels",
        "\"values\"|\"numbers\"|examples",
      })
  void examplesOfAnotherSizeThanTheySayAreRefused(String good, String bad, String complaint)
      throws IOException {
    String golden = text("request-stream.json");
    assertThat(golden).contains(good);
    byte[] message = golden.replaceFirst(Pattern.quote(good), bad).getBytes(UTF_8);

    assertThatThrownBy(() -> ProtocolJson.decodeRequest(message))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining(complaint);
  }

  @Test
  void examplesBesideTheMessageAreRefused() throws IOException {
    String golden = text("request-stream.json");
    int from = golden.indexOf("\"blob\"", golden.indexOf("\"values\""));
    String elsewhere =
        golden.substring(0, from)
            + "\"blob\":{\"uri\":\"file:///x\",\"bytes\":16,\"crc32c\":\"00000000\"}"
            + golden.substring(golden.indexOf('}', from) + 1);

    assertThatThrownBy(() -> ProtocolJson.decodeRequest(elsewhere.getBytes(UTF_8)))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("must be inside the message");
  }

  @Test
  void aLossThatIsNotFiniteIsNoAnswer() throws IOException {
    for (String loss : List.of("\"NaN\"", "NaN", "1e999", "\"-Infinity\"")) {
      byte[] message = text("answer-evaluation.json").replace("1.25", loss).getBytes(UTF_8);
      assertThatThrownBy(() -> ProtocolJson.decodeAnswer(message))
          .as(loss)
          .isInstanceOf(ProtocolException.class);
    }
  }

  @Test
  void anAnswerIsNoRequest() throws IOException {
    byte[] answer = GoldenFiles.read("answer-gradient.json");
    byte[] request = GoldenFiles.read("request-gradient.json");

    assertThatThrownBy(() -> ProtocolJson.decodeRequest(answer))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> ProtocolJson.decodeAnswer(request))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void trailingBytesAreRefused() throws IOException {
    byte[] message = (text("answer-evaluation.json") + "{}").getBytes(UTF_8);

    assertThatThrownBy(() -> ProtocolJson.decodeAnswer(message))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void whatLambdaWouldNotCarryIsRefused() {
    byte[] message = new byte[ProtocolJson.MAX_MESSAGE_BYTES + 1];

    assertThatThrownBy(() -> ProtocolJson.decodeAnswer(message))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("answer has 6291557 bytes, at most 6291556");
  }

  @Test
  void theLongestMessageLambdaCarriesIsRead() throws IOException {
    WorkRequest small = ExampleMessages.requests().get("request-gradient");
    int overhead = ProtocolJson.encode(request(small, 0)).length;
    int floats = (ProtocolJson.MAX_MESSAGE_BYTES - overhead - 64) / 16 * 3;

    byte[] message = ProtocolJson.encode(request(small, floats));

    assertThat(message.length)
        .isBetween(ProtocolJson.MAX_MESSAGE_BYTES - 200, ProtocolJson.MAX_MESSAGE_BYTES);
    assertThat(ProtocolJson.decodeRequest(message).weights().count()).isEqualTo(floats);
  }

  @ParameterizedTest
  @MethodSource("names")
  void damagedMessagesAreRefusedAndNeverThrowAnythingElse(String name) throws IOException {
    byte[] golden = GoldenFiles.read(name + ".json");
    for (int length = 0; length < golden.length; length++) {
      byte[] cut = Arrays.copyOf(golden, length);
      assertThat(refusal(name, cut)).as("cut after %d bytes", length).isNotBlank();
    }
    SplittableRandom random = new SplittableRandom(name.hashCode());
    for (int i = 0; i < 2000; i++) {
      String refusal = refusal(name, mutated(golden, random)); // many are still messages
      assertThat(refusal == null || !refusal.isBlank()).isTrue();
    }
  }

  @Test
  void deepNestingIsRefused() {
    String deep = "{\"protocol\":1,\"x\":" + "[".repeat(100_000);

    assertThatThrownBy(() -> ProtocolJson.decodeRequest(deep.getBytes(UTF_8)))
        .isInstanceOf(ProtocolException.class);
  }

  private static byte[] mutated(byte[] golden, SplittableRandom random) {
    byte[] bytes = golden.clone();
    for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(3)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) "0123456789-.eE{}[]\",:nulltrue".charAt(random.nextInt(29));
        default -> { // moves a stretch, so that keys and values trade places
          int length = random.nextInt(Math.min(20, bytes.length - at));
          System.arraycopy(golden, random.nextInt(golden.length - length), bytes, at, length);
        }
      }
    }
    return bytes;
  }

  /** Why the bytes are refused, or null if they are a message. */
  private static @Nullable String refusal(String name, byte[] bytes) {
    try {
      decode(name, bytes);
      return null;
    } catch (ProtocolException e) {
      return e.getMessage();
    }
  }

  private static Object decode(String name, byte[] bytes) throws ProtocolException {
    return name.startsWith("request")
        ? ProtocolJson.decodeRequest(bytes)
        : ProtocolJson.decodeAnswer(bytes);
  }

  private static WorkRequest request(WorkRequest like, int floats) {
    Blob.Inline blob = Blob.Inline.of(Floats.toBytes(new float[floats]));
    Weights weights = new Weights(7, List.of(new Weights.Part(new Range(0, floats), blob)));
    return new WorkRequest(
        like.id(),
        like.lease(),
        like.network(),
        weights,
        like.examples(),
        like.answer(),
        like.kernels(),
        like.seed());
  }

  private static String text(String name) throws IOException {
    return new String(GoldenFiles.read(name), UTF_8);
  }

  static List<String> names() {
    return GoldenFiles.names();
  }

  static List<String> requestNames() {
    return List.copyOf(ExampleMessages.requests().keySet());
  }

  static List<String> answerNames() {
    return List.copyOf(ExampleMessages.answers().keySet());
  }
}
