package dev.drey.job.specification;

import dev.drey.job.specification.data.StreamSettings;
import dev.drey.job.specification.key.Reading;
import dev.drey.job.specification.key.WholeRun;
import dev.drey.job.specification.network.NetworkSettings;
import java.util.Optional;

/** Answers questions that one section of a run's specification has about another section. */
final class SectionAnswers implements WholeRun {

  @Override
  public Optional<String> name(Reading reading) {
    return reading.value(RunKeys.NAME);
  }

  @Override
  public boolean isStream(Reading reading) {
    return StreamSettings.isStream(reading);
  }

  @Override
  public boolean hasEmbedding(Reading reading) {
    return NetworkSettings.embeds(reading);
  }
}
