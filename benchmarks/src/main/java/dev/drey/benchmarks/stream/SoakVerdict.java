package dev.drey.benchmarks.stream;

import dev.drey.benchmarks.measure.Median;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Whether a run's memory and latency stay constant: compares the median of the last quarter of the
 * samples with that of the second. The first quarter is warm-up.
 *
 * @param growth of each quantity: 0.1 is a tenth more in the last quarter
 */
record SoakVerdict(Map<String, Double> growth) {

  private static final int LEAST = 8;

  private static final Map<String, ToDoubleFunction<SoakSample>> QUANTITIES = quantities();

  private static Map<String, ToDoubleFunction<SoakSample>> quantities() {
    Map<String, ToDoubleFunction<SoakSample>> all = new LinkedHashMap<>();
    all.put("live heap", SoakSample::liveMb);
    all.put("resident memory", SoakSample::residentMb);
    all.put("workers' resident memory", SoakSample::workersMb);
    all.put("state", SoakSample::stateKb);
    all.put("freshness", SoakSample::freshnessMillis);
    return all;
  }

  /**
   * The verdict on samples in the order of time.
   *
   * @param samples at least 8
   */
  static SoakVerdict of(List<SoakSample> samples) {
    if (samples.size() < LEAST) {
      throw new IllegalArgumentException(samples.size() + " samples, must be at least " + LEAST);
    }
    int quarter = samples.size() / 4;
    List<SoakSample> second = samples.subList(quarter, 2 * quarter);
    List<SoakSample> last = samples.subList(samples.size() - quarter, samples.size());
    Map<String, Double> growth = new LinkedHashMap<>();
    QUANTITIES.forEach((name, of) -> growth.put(name, median(last, of) / median(second, of) - 1));
    return new SoakVerdict(growth);
  }

  private static double median(List<SoakSample> samples, ToDoubleFunction<SoakSample> of) {
    return Median.of(samples.stream().mapToDouble(of).toArray());
  }

  /**
   * Whether nothing has grown by more.
   *
   * @param most growth
   */
  boolean isFlat(double most) {
    return growth.values().stream().allMatch(each -> each <= most);
  }
}
