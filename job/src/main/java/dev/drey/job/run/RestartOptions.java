package dev.drey.job.run;

import dev.drey.job.specification.RestartSettings;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;

/** Flink's options for the restarts of a run's job. */
final class RestartOptions {

  private static final double DOUBLING = 2;

  private RestartOptions() {}

  static Configuration of(RestartSettings restarts) {
    Configuration configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        restarts.first());
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, restarts.longest());
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER, DOUBLING);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
        restarts.resetAfter());
    restarts
        .most()
        .ifPresent(
            most ->
                configuration.set(
                    RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS,
                    (int) Math.min(most, Integer.MAX_VALUE)));
    return configuration;
  }
}
