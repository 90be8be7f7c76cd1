package dev.drey.job.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.drey.core.plan.ColdStarts;
import dev.drey.core.plan.CpuShare;
import dev.drey.core.plan.Limits;
import dev.drey.core.plan.Profile;
import dev.drey.core.plan.SlotConstants;
import dev.drey.core.plan.Stragglers;
import dev.drey.core.plan.Transfer;
import dev.drey.core.plan.TreeConstants;
import dev.drey.core.plan.WorkerSpeed;
import dev.drey.job.specification.key.Fault;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.Numbers;
import dev.drey.job.specification.key.Place;
import dev.drey.job.specification.key.Reading;
import dev.drey.job.specification.key.Scalar;
import dev.drey.job.specification.key.Section;
import dev.drey.job.specification.key.SpecificationException;
import dev.drey.job.specification.key.Surroundings;
import dev.drey.job.specification.key.Type;
import dev.drey.job.specification.key.Words;
import dev.drey.job.specification.key.Yaml;
import dev.drey.job.specification.key.YamlText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads and writes a {@link Profile} as JSON, in seconds and bytes. All keys are required; a rate
 * may be "unlimited". Since JSON is YAML, it is read and checked like a run specification.
 */
public final class ProfileFile {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private static final String UNLIMITED = "unlimited";

  private static final Type<Double> SECONDS =
      Numbers.decimal("a number of seconds, at least 0", s -> s >= 0);

  private static final Type<Double> SHARE =
      Numbers.decimal("a number from 0 to 1", s -> s >= 0 && s <= 1);

  private static final Type<Double> ABOVE_ZERO = Numbers.decimal("a number above 0", r -> r > 0);

  private static final Type<Double> RATE =
      new Scalar<>(
          "bytes per second above 0, or " + UNLIMITED,
          ProfileFile::rate,
          rate -> Double.isInfinite(rate) ? UNLIMITED : rate);

  private static final Section<Transfer> TRANSFER = transfer();

  private static final Section<Profile> SECTION = profile();

  private ProfileFile() {}

  /**
   * Reads a profile.
   *
   * @throws SpecificationException with all faults, each with its key
   */
  public static Profile read(Path file) throws SpecificationException {
    try (InputStream in = Files.newInputStream(file)) {
      return parse(in.readNBytes(YamlText.MAX_BYTES + 1));
    } catch (IOException e) {
      String reason = Files.exists(file) ? "cannot be read: " + e : "does not exist";
      throw new SpecificationException(List.of(Fault.of(file.toString(), reason)));
    } catch (SpecificationException e) {
      throw new SpecificationException(
          e.faults().stream().map(fault -> within(file, fault)).toList());
    }
  }

  /**
   * Reads the text of a profile.
   *
   * @throws SpecificationException with all faults
   */
  static Profile parse(byte[] json) throws SpecificationException {
    Reading reading = new Reading(new Surroundings(Path.of(""), "profile", 1, false));
    Yaml tree = YamlText.parse(json);
    Optional<Profile> profile = SECTION.read(tree, reading);
    if (profile.isEmpty() || !reading.faults().isEmpty()) {
      throw new SpecificationException(reading.faults());
    }
    return profile.get();
  }

  /** The profile in the format that {@link #read} reads. */
  public static JsonNode write(Profile profile) {
    return MAPPER.valueToTree(SECTION.write(profile));
  }

  private static Fault within(Path file, Fault fault) {
    String path = fault.place().path();
    return new Fault(
        new Place(path.isEmpty() ? file.toString() : file + ": " + path, fault.place().line()),
        fault.problem());
  }

  private static Optional<Double> rate(String text) {
    if (text.equals(UNLIMITED)) {
      return Optional.of(Double.POSITIVE_INFINITY);
    }
    try {
      return Optional.of(Double.valueOf(text)).filter(rate -> rate > 0 && Double.isFinite(rate));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Section<Transfer> transfer() {
    Key<Transfer, Double> request =
        Key.of("requestSeconds", SECONDS, Transfer::requestSeconds, "before the first byte");
    Key<Transfer, Double> rate =
        Key.of("bytesPerSecond", RATE, Transfer::bytesPerSecond, "after it");
    return new Section<>(
        List.of(request, rate), values -> new Transfer(values.get(request), values.get(rate)));
  }

  private static Section<WorkerSpeed> speed() {
    Key<WorkerSpeed, Double> fixed =
        Key.of("fixedSeconds", SECONDS, WorkerSpeed::fixedSeconds, "of every request");
    Key<WorkerSpeed, Double> flops =
        Key.of("flopsPerSecond", ABOVE_ZERO, WorkerSpeed::flopsPerSecond, "of one vCPU");
    Key<WorkerSpeed, Double> parallel =
        Key.of(
            "parallelShare",
            SHARE,
            WorkerSpeed::parallelShare,
            "share of the operations that several vCPUs compute in parallel");
    Key<WorkerSpeed, CpuShare> cpu =
        Key.of(
            "cpuShare",
            Words.of(CpuShare.class),
            WorkerSpeed::cpuShare,
            "whether the share of a processor depends on the memory size");
    return new Section<>(
        List.of(fixed, flops, parallel, cpu),
        values ->
            new WorkerSpeed(
                values.get(fixed), values.get(flops), values.get(parallel), values.get(cpu)));
  }

  private static Section<ColdStarts> coldStarts() {
    Key<ColdStarts, Double> seconds =
        Key.of(
            "seconds",
            SECONDS,
            ColdStarts::seconds,
            "time that a cold start adds to an invocation");
    Key<ColdStarts, Double> share =
        Key.of("share", SHARE, ColdStarts::share, "share of invocations with a cold start");
    return new Section<>(
        List.of(seconds, share), values -> new ColdStarts(values.get(seconds), values.get(share)));
  }

  private static Section<SlotConstants> slot() {
    Key<SlotConstants, WorkerSpeed> speed =
        Key.of("speed", speed(), SlotConstants::speed, "of the computation");
    Key<SlotConstants, Transfer> down =
        Key.of("down", TRANSFER, SlotConstants::down, "transfer of the weights to the worker");
    Key<SlotConstants, Transfer> up =
        Key.of("up", TRANSFER, SlotConstants::up, "transfer of the gradient from the worker");
    Key<SlotConstants, ColdStarts> coldStarts =
        Key.of("coldStarts", coldStarts(), SlotConstants::coldStarts, "of workers");
    Key<SlotConstants, Double> spread =
        Key.of(
            "stragglerSpread",
            Numbers.decimal("a number of at least 0", s -> s >= 0),
            constants -> constants.stragglers().spread(),
            "a slot takes its least time x (1 + spread x E), E ~ Exp(1)");
    return new Section<>(
        List.of(speed, down, up, coldStarts, spread),
        values ->
            new SlotConstants(
                values.get(speed),
                values.get(down),
                values.get(up),
                values.get(coldStarts),
                new Stragglers(values.get(spread))));
  }

  private static Section<TreeConstants> tree() {
    Key<TreeConstants, Double> message =
        Key.of("messageSeconds", SECONDS, TreeConstants::perMessage, "time to receive a shard");
    Key<TreeConstants, Double> rate =
        Key.of(
            "bytesPerSecond", RATE, TreeConstants::bytesPerSecond, "rate at which a task adds up");
    Key<TreeConstants, Transfer> hop =
        Key.of(
            "hop", TRANSFER, TreeConstants::hop, "transfer of a sum from one process to the next");
    return new Section<>(
        List.of(message, rate, hop),
        values -> new TreeConstants(values.get(message), values.get(rate), values.get(hop)));
  }

  private static Section<Limits> limits() {
    Key<Limits, Integer> concurrency =
        Key.of(
            "concurrency",
            Numbers.whole(1, 100_000),
            Limits::concurrency,
            "maximum number of concurrent workers");
    Key<Limits, Double> invocation =
        Key.of(
            "invocationSeconds",
            ABOVE_ZERO,
            Limits::invocationSeconds,
            "maximum duration of an invocation");
    return new Section<>(
        List.of(concurrency, invocation),
        values -> new Limits(values.get(concurrency), values.get(invocation)));
  }

  private static Section<Profile> profile() {
    Key<Profile, String> source =
        Key.of(
            "source",
            Words.matching("where the numbers come from", Pattern.compile("(?s).{1,1000}")),
            Profile::source,
            "where the numbers come from");
    Key<Profile, SlotConstants> slot = Key.of("slot", slot(), Profile::slot, "time of a slot");
    Key<Profile, TreeConstants> tree = Key.of("tree", tree(), Profile::tree, "cost of adding up");
    Key<Profile, Transfer> base =
        Key.of("base", TRANSFER, Profile::base, "time that is the same for every plan");
    Key<Profile, Limits> limits =
        Key.of("limits", limits(), Profile::limits, "limits of the place");
    return new Section<>(
        List.of(source, slot, tree, base, limits),
        values ->
            new Profile(
                values.get(slot),
                values.get(tree),
                values.get(base),
                values.get(limits),
                values.get(source)));
  }
}
