package dev.drey.job.specification.workers;

import static dev.drey.core.plan.PlanSpace.LAMBDA_MEMORY_MB;

import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.Maybe;
import dev.drey.job.specification.key.Numbers;
import dev.drey.job.specification.key.OrWord;
import dev.drey.job.specification.key.Quantities;
import dev.drey.job.specification.key.Reading;
import dev.drey.job.specification.key.Scalar;
import dev.drey.job.specification.key.Section;
import dev.drey.job.specification.key.Type;
import dev.drey.job.specification.key.Words;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.MemorySize;

/** The keys of the section {@code workers}, except those of {@link PatienceSettings}. */
final class WorkerKeys {

  /** The memory for which a Lambda function gets one processor core. */
  static final MemorySize CORE_MEMORY = MemorySize.ofMebiBytes(1769);

  private static final Type<URI> HTTP =
      new Scalar<>(
          "an http or https address, as http://localhost:9001", WorkerKeys::uri, URI::toString);

  static final Key<WorkerSettings, Integer> COUNT =
      Key.of(
              "count",
              Numbers.whole(1, 100_000),
              WorkerSettings::count,
              "slots of a step: mini-batches computed for one update of the weights")
          .orElse(2);

  static final Key<WorkerSettings, WorkerRuntime> RUNTIME =
      Key.of(
              "runtime",
              Words.of(WorkerRuntime.class),
              WorkerSettings::runtime,
              "local: worker processes behind an embedded Lambda service; in-process: threads; aws:"
                  + " AWS Lambda")
          .orElse(WorkerRuntime.LOCAL);

  static final Key<WorkerSettings, Integer> CONCURRENCY =
      Key.of(
              "concurrency",
              Numbers.whole(1, 100_000),
              WorkerSettings::concurrency,
              "most invocations in flight; slots may outnumber it")
          .orElse(
              "count for aws, else at most as many as the machine has cores", WorkerKeys::atOnce);

  static final Key<WorkerSettings, Optional<MemorySize>> MEMORY =
      Key.of(
              "memory",
              new OrWord<>(
                  Quantities.memory(LAMBDA_MEMORY_MB.least(), LAMBDA_MEMORY_MB.most()), "auto"),
              WorkerSettings::memory,
              "of one worker; Lambda gives a processor core per 1769 MB and bills by the MB; auto is"
                  + " planned at the start")
          .orElse(Optional.of(CORE_MEMORY));

  static final Key<WorkerSettings, Optional<String>> FUNCTION =
      Key.of(
              "function",
              new Maybe<>(
                  Words.matching(
                      "the name or ARN of a function", Pattern.compile("[A-Za-z0-9:_$-]{1,170}"))),
              WorkerSettings::function,
              "aws: name or ARN of the Lambda function")
          .orElse(Optional.empty(), "needed by aws");

  static final Key<WorkerSettings, Optional<String>> REGION =
      Key.of(
              "region",
              new Maybe<>(
                  Words.matching(
                      "a region, as eu-central-1", Pattern.compile("[a-z]{2,}(-[a-z]+)+-[0-9]+"))),
              WorkerSettings::region,
              "aws: region of the function")
          .orElse(Optional.empty(), "needed by aws");

  static final Key<WorkerSettings, Optional<URI>> ENDPOINT =
      Key.of(
              "endpoint",
              new Maybe<>(HTTP),
              WorkerSettings::endpoint,
              "aws: address of another service that speaks Lambda's Invoke API")
          .orElse(Optional.empty(), "AWS's own");

  static final Key<WorkerSettings, Duration> TIMEOUT =
      Key.of(
              "timeout",
              Quantities.duration(Duration.ofSeconds(1), Duration.ofSeconds(900)),
              WorkerSettings::timeout,
              "of one invocation; Lambda allows 15 minutes")
          .orElse(Duration.ofSeconds(60));

  static final Key<WorkerSettings, Integer> ATTEMPTS =
      Key.of(
              "attempts",
              Numbers.whole(1, 100),
              WorkerSettings::attempts,
              "attempts with the same examples, the first included, before faulty examples are"
                  + " isolated")
          .orElse(3);

  static final Key<WorkerSettings, Architecture> ARCHITECTURE =
      Key.of(
              "architecture",
              Words.of(Architecture.class),
              WorkerSettings::architecture,
              "of the function, for its price")
          .orElse(Architecture.X86);

  static final Key<WorkerSettings, Boolean> REPRODUCIBLE =
      Key.of(
              "reproducible",
              Words.trueOrFalse(),
              WorkerSettings::reproducible,
              "restricts kernels to AVX2, so that x86 hosts with different processors compute the"
                  + " same bits; workers without the restriction are refused")
          .orElse("true for aws with x86, else false", WorkerKeys::hostsDiffer);

  private static final List<Key<WorkerSettings, ?>> NEEDED = List.of(FUNCTION, REGION);

  static final Section<WorkerSettings> SECTION =
      new Section<WorkerSettings>(
              Stream.of(
                      List.of(
                          COUNT,
                          RUNTIME,
                          CONCURRENCY,
                          MEMORY,
                          FUNCTION,
                          REGION,
                          ENDPOINT,
                          TokenKey.TOKEN,
                          TIMEOUT,
                          ATTEMPTS),
                      PatienceSettings.KEYS,
                      List.<Key<WorkerSettings, ?>>of(ARCHITECTURE, REPRODUCIBLE))
                  .<Key<WorkerSettings, ?>>flatMap(List::stream)
                  .toList(),
              values ->
                  new WorkerSettings(
                      values.get(COUNT),
                      values.get(CONCURRENCY),
                      values.get(MEMORY),
                      values.get(RUNTIME),
                      values.get(FUNCTION),
                      values.get(REGION),
                      values.get(ENDPOINT),
                      values.get(TokenKey.TOKEN),
                      values.get(TIMEOUT),
                      values.get(ATTEMPTS),
                      PatienceSettings.of(values),
                      values.get(ARCHITECTURE),
                      values.get(REPRODUCIBLE)))
          .check(PatienceSettings::check)
          .check(reading -> reading.value(RUNTIME).ifPresent(r -> checkFunction(r, reading)))
          .check(TokenKey::check)
          .check(WorkerKeys::checkReproducible);

  private WorkerKeys() {}

  /**
   * Whether workers may run on different processors. One machine has one kind, and so have the
   * hosts on which Lambda runs arm64, all Graviton2.
   */
  private static Optional<Boolean> hostsDiffer(Reading reading) {
    return reading
        .value(RUNTIME)
        .flatMap(
            runtime ->
                reading
                    .value(ARCHITECTURE)
                    .map(a -> runtime == WorkerRuntime.AWS && a == Architecture.X86));
  }

  private static void checkReproducible(Reading reading) {
    if (reading.value(REPRODUCIBLE).orElse(false)
        && reading.value(ARCHITECTURE).equals(Optional.of(Architecture.ARM))) {
      reading.fault(
          REPRODUCIBLE, "is true, must be false: architecture is arm, where no kernels are held");
    }
  }

  private static Optional<Integer> atOnce(Reading reading) {
    return reading
        .value(COUNT)
        .flatMap(
            count ->
                reading
                    .value(RUNTIME)
                    .map(
                        runtime ->
                            runtime == WorkerRuntime.AWS
                                ? count
                                : Math.min(count, reading.surroundings().cores())));
  }

  private static void checkFunction(WorkerRuntime runtime, Reading reading) {
    for (Key<WorkerSettings, ?> key : List.of(FUNCTION, REGION, ENDPOINT, TokenKey.TOKEN)) {
      if (runtime != WorkerRuntime.AWS && reading.isGiven(key)) {
        reading.fault(key, "is given, must be left out: runtime is " + Words.word(runtime));
      } else if (runtime == WorkerRuntime.AWS && NEEDED.contains(key) && !reading.isGiven(key)) {
        reading.fault(key, "is missing, must be " + key.type().expects() + ": runtime is aws");
      }
    }
  }

  private static Optional<URI> uri(String text) {
    try {
      URI uri = new URI(text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return http && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
