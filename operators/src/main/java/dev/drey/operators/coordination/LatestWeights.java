package dev.drey.operators.coordination;

import dev.drey.core.protocol.Weights;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The latest version that all shards have announced. Not thread-safe. */
final class LatestWeights {

  private final int shards;
  private final Map<Long, Weights.Part[]> incomplete = new HashMap<>();
  private @Nullable Weights latest;
  private @Nullable Weights renewing;

  /**
   * @param shards how many shards make a version complete
   */
  LatestWeights(int shards) {
    this.shards = shards;
  }

  /** A shard has published a version. */
  void announce(Announcement announcement) {
    if (!isNews(announcement)) {
      return;
    }
    Weights.Part[] parts =
        incomplete.computeIfAbsent(announcement.version(), v -> new Weights.Part[shards]);
    parts[announcement.shard()] = announcement.part();
    if (Arrays.stream(parts).allMatch(part -> part != null)) {
      latest = new Weights(announcement.version(), List.of(parts));
      incomplete.keySet().removeIf(version -> version <= announcement.version());
    }
  }

  /** Whether it is a later version than the latest, or the latest one republished. */
  private boolean isNews(Announcement announcement) {
    return latest == null
        || announcement.version() > latest.version()
        || (announcement.version() == latest.version()
            && !announcement.part().equals(latest.parts().get(announcement.shard())));
  }

  /** The weights; null before the first complete version, and after a failure. */
  @Nullable Weights get() {
    return latest;
  }

  /**
   * A worker cannot read weights.
   *
   * @return whether they have to be republished: true once, however many workers report it
   */
  boolean unreadable(Weights seen) {
    if (!seen.equals(latest) || seen.equals(renewing)) {
      return false;
    }
    renewing = seen;
    return true;
  }

  /** Whether the latest version is being republished. */
  boolean isRenewing() {
    return renewing != null && renewing.equals(latest);
  }

  /** Forgets all announcements. */
  void reset() {
    latest = null;
    renewing = null;
    incomplete.clear();
  }
}
