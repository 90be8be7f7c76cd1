package dev.drey.job.specification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drey.job.specification.data.StreamSettings;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.ListOf;
import dev.drey.job.specification.key.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BadValueTest {

  private static Arguments bad(String key, String value, String expected) {
    return Arguments.of(key, value, expected);
  }

  static Stream<Arguments> badValues() {
    return Stream.of(
        bad("name", "../up", "is \"../up\", must be a name of letters, digits, dots, dashes and"),
        bad("network.input", "[0]", "is 0, must be a whole number of at least 1"),
        bad("network.input", "784", "is 784, must be a list of sizes"),
        bad("network.layers", "[]", "is an empty list, must be a list of layers"),
        bad("network.layers", "dense", "is \"dense\", must be a list of layers"),
        bad("network.init-from", "[a]", "is a list, must be a file or directory"),
        bad("network.loss", "hinge", "is \"hinge\", must be one of softmax-cross-entropy,"),
        bad("network.loss", "[huber]", "is a list, must be one of softmax-cross-entropy,"),
        bad("network.loss.huber.delta", "0", "is 0, must be a number above 0"),
        bad(
            "network.loss.softmax-cross-entropy.label-smoothing",
            "1",
            "is 1, must be a number from 0 to below 1"),
        bad(
            "network.loss.softmax-cross-entropy.class-weights",
            "[1, -1]",
            "is -1, must be a number of at least 0"),
        bad("data.format", "jpg", "is \"jpg\", must be one of idx, csv, npy"),
        bad("data.features", "[a]", "is a list, must be a file"),
        bad("data.labels", "''", "is \"\", must be a file"),
        bad("data.file", "a.csv", "is given, must be left out: format is idx"),
        bad("data.feature-columns", "[a]", "is given, must be left out: format is idx"),
        bad("data.label-columns", "a", "is \"a\", must be a list of column names"),
        bad("data.test.fraction", "1", "is 1, must be a number from 0 to below 1"),
        bad("data.test.features", "a.gz", "is missing, test features and labels must be given"),
        bad("data.test.labels", "a.gz", "is missing, test features and labels must be given"),
        bad("data.test.file", "a.csv", "is given, must be left out: data.format is idx"),
        bad("data.normalization", "z", "is \"z\", must be one of none, unit, standard, fixed"),
        bad("data.normalization.fixed", "{mean: [a], deviation: [1]}", "is \"a\", must be a numb"),
        bad("data.normalization.fixed", "{mean: [1], deviation: [0]}", "is 0, must be a number o"),
        bad("data.normalization.fixed", "{mean: [1, 2], deviation: [1]}", "2 means and 1 devi"),
        bad("training.optimizer", "adm", "is \"adm\", must be one of adam, adamw, sgd, momentum"),
        bad("training.optimizer", "{adam: {}, sgd: {}}", "is a mapping with 2 keys, must be one"),
        bad("training.optimizer.adam.beta1", "1", "is 1, must be a number from 0 to below 1"),
        bad("training.optimizer.adam.beta2", "-0.1", "is -0.1, must be a number from 0 to"),
        bad("training.optimizer.adam.epsilon", "0", "is 0, must be a number above 0"),
        bad("training.optimizer.adamw.beta1", "1", "is 1, must be a number from 0 to below 1"),
        bad("training.optimizer.adamw.beta2", "0.99999999999", "must be a number from 0 to below"),
        bad("training.optimizer.adamw.epsilon", "1e-60", "must be a number above 0"),
        bad("training.optimizer.adamw.weight-decay", "-1", "is -1, must be a number of at least"),
        bad("training.optimizer.momentum.momentum", "1.5", "is 1.5, must be a number from 0"),
        bad("training.optimizer.nesterov.momentum", "0", "is 0, must be a number between 0 and"),
        bad("training.learning-rate", "fast", "is \"fast\", must be a number above 0"),
        bad("training.learning-rate", "[1]", "is a list, must be a mapping with rate, schedule"),
        bad("training.learning-rate.rate", "0", "is 0, must be a number above 0"),
        bad("training.learning-rate.rate", "1e999", "is 1e999, must be a number above 0"),
        bad("training.learning-rate.schedule", "line", "is \"line\", must be one of constant, st"),
        bad("training.learning-rate.schedule.step.every", "3", "is 3, must be a length, as 300"),
        bad("training.learning-rate.schedule.step.factor", "2", "is 2, must be a number above 0"),
        bad("training.learning-rate.schedule.cosine.over", "0 steps", "must be a length, as 300"),
        bad("training.learning-rate.schedule.cosine.final-factor", "-1", "a number from 0 to 1"),
        bad("training.learning-rate.warm-up", "5", "is 5, must be a length, as 300 steps or 2"),
        bad("training.learning-rate.batch-size-rule", "cube", "is \"cube\", must be one of none,"),
        bad("training.learning-rate.batch-size-rule", "linear", "is missing, batch-size-rule nee"),
        bad("training.learning-rate.reference-batch", "0", "is 0, must be a whole number of at"),
        bad("training.epochs", "0", "is 0, must be a whole number from 1 to 1,000,000"),
        bad("training.epochs", "1.5", "is 1.5, must be a whole number from 1 to 1,000,000"),
        bad("training.epochs", "", "has no value, must be a whole number from 1 to 1,000,000;"),
        bad("training.steps", "99999999999999999999", "must be a whole number of at least 1"),
        bad("training.mini-batch", "0", "is 0, must be a whole number from 1 to 1,000,000"),
        bad("training.seed", "-1", "is -1, must be a whole number of at least 0"),
        bad("training.staleness", "-1", "is -1, must be a whole number from 0 to 1,000,000, or u"),
        bad("training.clip-norm", "0", "is 0, must be a number above 0, or none"),
        bad("training.prequential.window", "0", "is 0, must be a whole number from 1 to 1,000,000"),
        bad("training.prequential.fading", "0", "is 0, must be a number above 0 and at most 1"),
        bad("training.drift", "adwin", "is \"adwin\", must be a mapping with detector, on, range,"),
        bad("training.drift.detector", "ddm", "is \"ddm\", must be one of adwin, page-hinkley"),
        bad("training.drift.detector.adwin.delta", "1", "is 1, must be a number between 0 and 1"),
        bad(
            "training.drift.detector.page-hinkley.tolerance",
            "-1",
            "is -1, must be a number of at least 0"),
        bad(
            "training.drift.detector.page-hinkley.threshold",
            "0",
            "is 0, must be a number above 0"),
        bad("training.drift.on", "accuracy", "is \"accuracy\", must be one of error, loss"),
        bad("training.drift.range", "0", "is 0, must be a number above 0"),
        bad("training.drift.reaction", "stop", "is \"stop\", must be one of none, boost, repl"),
        bad("training.drift.reaction.boost.factor", "0", "is 0, must be a number above 0"),
        bad(
            "training.drift.reaction.boost.steps",
            "0",
            "is 0, must be a whole number of at least 1"),
        bad("training.drift.reaction", "replay", "is replay, must be another: a data set has its"),
        bad(
            "training.drift.reaction.replay.steps",
            "0",
            "is 0, must be a whole number of at least 1"),
        bad("training.drift.reaction.replay.examples", "0", "is 0, must be a whole number from 1"),
        bad(
            "training.drift.reaction.replay.share",
            "0.6",
            "is 0.6, must be a number above 0 and at most 0.5"),
        bad("output.publish", "often", "is \"often\", must be a mapping with every, to,"),
        bad("output.publish.every", "0", "is 0, must be a whole number of at least 1"),
        bad("output.publish.gate", "on", "is \"on\", must be a mapping with examples, tolerance"),
        bad("output.publish.gate.examples", "0", "is 0, must be a whole number from 1 to"),
        bad("output.publish.gate.tolerance", "-1", "is -1, must be a number of at least 0"),
        bad("output.publish", "{every: 5, gate: {}}", "is given, must be none: a data set repeats"),
        bad(
            "output.publish.to",
            "[a]",
            "is a list, must be a directory, or a URI of one, as s3://"),
        bad("output.publish.to", "s3://a b/c", "is \"s3://a b/c\", must be a directory, or a URI"),
        bad("output.publish.announce", "models", "has no bootstrap-servers, must have them: the"),
        bad("output.publish.announce.topic", "a b", "is \"a b\", must be a topic's name"),
        bad("output.publish.announce.bootstrap-servers", "one", "is \"one\", must be host:port"),
        bad("output.publish.announce.properties", "[a]", "is a list, must be"),
        bad("output.metrics-topic", "models", "has no bootstrap-servers, must have them: the"),
        bad("output.metrics-topic.topic", "a b", "is \"a b\", must be a topic's name"),
        bad("output.metrics-topic.bootstrap-servers", "one", "is \"one\", must be host:port"),
        bad("output.metrics-topic.properties", "[a]", "is a list, must be"),
        bad("training.l2", "-1e-4", "is -1e-4, must be a number of at least 0"),
        bad("workers.count", "0", "is 0, must be a whole number from 1 to 100,000"),
        bad("workers.runtime", "gpu", "is \"gpu\", must be one of local, in-process, aws"),
        bad("workers.runtime", "aws", "is missing, must be the name or ARN of a function: runtime"),
        bad("workers.runtime", "aws", "is missing, must be a region, as eu-central-1: runtime is"),
        bad("workers.concurrency", "0", "is 0, must be a whole number from 1 to 100,000"),
        bad("workers.memory", "1769", "is 1769, must be a memory size in MB or GB from 128 MB to"),
        bad("workers.memory", "11 GB", "is \"11 GB\", must be a memory size in MB or GB from"),
        bad("workers.function", "drey", "is given, must be left out: runtime is local"),
        bad("workers.region", "Europe", "is \"Europe\", must be a region, as eu-central-1"),
        bad("workers.endpoint", "ftp://a", "is \"ftp://a\", must be an http or https address"),
        bad("workers.token", "hunter2", "is something else, must be {env: NAME} or {file: PATH}"),
        bad("workers.timeout", "60", "is 60, must be a time in ms, s, min or h from 1 s to 15 min"),
        bad("workers.timeout", "901 s", "is \"901 s\", must be a time in ms, s, min or h from 1"),
        bad("workers.attempts", "0", "is 0, must be a whole number from 1 to 100"),
        bad("workers.grace", "2", "is 2, must be a time in ms, s, min or h from 0 s to 5 min"),
        bad("workers.deadline", "50 h", "is \"50 h\", must be a time in ms, s, min or h from 1 s"),
        bad("workers.deadline", "30 s", "is 30 s, must be at least timeout, 1 min"),
        bad("workers.backoff.first", "2 h", "is \"2 h\", must be a time in ms, s, min or h from"),
        bad("workers.backoff.longest", "50 ms", "is 50 ms, must be at least first, 100 ms"),
        bad("workers.hedge", "on", "is \"on\", must be a mapping with quantile, factor"),
        bad("workers.hedge.quantile", "1", "is 1, must be a number between 0 and 1"),
        bad("workers.hedge.factor", "0.5", "is 0.5, must be a number of at least 1"),
        bad("workers.quorum", "0", "is 0, must be a number above 0 and at most 1"),
        bad("workers.stall", "10 min", "is 10 min, must be above deadline, 10 min"),
        bad("workers.architecture", "risc", "is \"risc\", must be one of x86, arm"),
        bad("workers.reproducible", "yes", "is \"yes\", must be true or false"),
        bad("aggregation.structure", "[2, 4]", "starts with 2, the root is 1 node"),
        bad("aggregation.structure", "[1, 9, 2]", "a level of 2 nodes cannot feed 9"),
        bad("aggregation.structure", "[1, 4, 16]", "which ends in 16 slots, must end in workers."),
        bad("aggregation.planned", "[1, 2]", "is given, must be left out: structure is not auto"),
        bad("planning.goal", "speed", "must be one of ratio, time, cost"),
        bad("planning.profile", "[]", "is a list, must be a file"),
        bad("aggregation.structure", "1,2", "is \"1,2\", must be a list of sizes as [1, 4, 16],"),
        bad("store.directory", "{a: b}", "is a mapping, must be a directory"),
        bad("store.deadline", "0 s", "is \"0 s\", must be a time in ms, s, min or h from 1 s to"),
        bad("checkpoints.interval", "1 ms", "is \"1 ms\", must be a time in ms, s, min or h from"),
        bad("checkpoints.directory", "[]", "is a list, must be a directory"),
        bad(
            "checkpoints.stop-within",
            "soon",
            "is \"soon\", must be a time in ms, s, min or h from"),
        bad("checkpoints.restarts.first", "0 s", "is \"0 s\", must be a time in ms, s, min or h"),
        bad("checkpoints.restarts.longest", "9 ms", "is 9 ms, must be at least first, 1 s"),
        bad("checkpoints.restarts.reset-after", "1 ms", "is \"1 ms\", must be a time in ms, s,"),
        bad("checkpoints.restarts.most", "-1", "is -1, must be a whole number of at least 0, or"),
        bad("budget.dollars", "$5", "is \"$5\", must be a number above 0, or none"),
        bad("budget.steps", "0", "is 0, must be a whole number of at least 1, or none"),
        bad("output.directory", "[]", "is a list, must be a directory"));
  }

  @ParameterizedTest
  @MethodSource("badValues")
  void aBadValueIsRefusedByItsKey(String key, String value, String expected) {
    List<String> faults = SpecText.faults(SpecText.SHORTEST, Map.of(key, value));

    assertThat(faults)
        .anySatisfy(
            fault -> assertThat(fault).startsWith(key.split("\\.", 2)[0]).contains(expected));
  }

  @Test
  void everyKeyHasABadValueAbove() {
    Set<String> tried = new TreeSet<>();
    badValues().forEach(a -> tried.add(String.valueOf(a.get()[0]) + "." + a.get()[1]));

    Set<Key<?, ?>> ofStreams = new HashSet<>(); // StreamSettingsTest tries these
    StreamSettings.SECTION.visit("", (path, key) -> ofStreams.add(key));
    List<String> untried = new ArrayList<>();
    RunSpecification.SECTION.visit(
        "",
        (path, key) -> {
          boolean leaf = !(key.type() instanceof Section<?>) && !(key.type() instanceof ListOf<?>);
          String name = key.name();
          boolean found =
              path.startsWith("network.layers[]") // LayersTest tries these
                  || tried.stream()
                      .anyMatch(t -> t.startsWith(path + ".") || inside(t, path, name));
          if (leaf && !found && !ofStreams.contains(key)) {
            untried.add(path);
          }
        });

    assertThat(untried).isEmpty();
  }

  /** Keys inside lists and alternatives are tried as part of the value above them. */
  private static boolean inside(String tried, String path, String name) {
    int list = path.indexOf("[]");
    String above =
        list >= 0 ? path.substring(0, list) : path.substring(0, Math.max(0, path.lastIndexOf('.')));
    return tried.startsWith(above + ".") && tried.contains(name + ":");
  }

  @Test
  void epochsAndStepsDoNotGoTogether() {
    assertThat(SpecText.faults(SpecText.SHORTEST + "training: {epochs: 1, steps: 5}\n"))
        .containsExactly("training.steps: is given beside epochs, give one of them (line 8)");
  }

  @Test
  void fractionAndTestFilesDoNotGoTogether() {
    assertThat(
            SpecText.faults(
                SpecText.SHORTEST + "  test: {fraction: 0.2, features: a, labels: b}\n"))
        .containsExactly(
            "data.test.fraction: is given beside test files, must be left out (line 8)");
  }

  @Test
  void anUnknownKeyNearNothingListsTheKeys() {
    assertThat(SpecText.faults(SpecText.SHORTEST + "budget: {time: 5}\n"))
        .containsExactly(
            "budget.time: is not a key of this section; its keys are dollars, steps (line 8)");
  }

  @Test
  void whatAnEmbeddingReadsIsNotNormalized() {
    String text =
        """
        network: {layers: [{embedding: {vocabulary: 9, units: 2}}, flatten]}
        data: {format: idx, features: x.gz, labels: y.gz, normalization: standard}
        """;

    assertThat(SpecText.faults(text))
        .containsExactly(
            "data.normalization: is given, must be none or left out: the network's embedding reads"
                + " whole numbers (line 2)");
  }
}
