package dev.drey.job.specification.key;

import java.util.Optional;

/**
 * What a key of one section may ask about the other sections. The root of a specification answers,
 * so that no section names another section's classes. Answers cover the keys read so far.
 */
public interface WholeRun {

  /** The run's name; empty if it is wrong. */
  Optional<String> name(Reading reading);

  /** Whether the run trains on a stream instead of a data set. */
  boolean isStream(Reading reading);

  /** Whether the network has an embedding, so that its input must be whole numbers. */
  boolean hasEmbedding(Reading reading);

  /** For sections that are read alone, outside of a run's specification. */
  WholeRun NONE =
      new WholeRun() {
        @Override
        public Optional<String> name(Reading reading) {
          return Optional.of(reading.surroundings().name());
        }

        @Override
        public boolean isStream(Reading reading) {
          return false;
        }

        @Override
        public boolean hasEmbedding(Reading reading) {
          return false;
        }
      };
}
