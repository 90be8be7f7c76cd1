package dev.drey.operators.coordination;

import dev.drey.core.protocol.Weights;
import java.util.List;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.jspecify.annotations.Nullable;

/**
 * Announces to the coordinator that a shard of the parameter server has published a version.
 * Repeating an announcement changes nothing, so a restored shard simply announces the version that
 * it has.
 *
 * @param shard index of the shard
 * @param version steps applied
 * @param part where the shard's weights of that version lie
 * @param progress how far the run is; from shard 0 only
 * @param replays requested from the source; from shard 0 only
 */
public record Announcement(
    int shard,
    long version,
    Weights.Part part,
    @Nullable Progress progress,
    List<ReplaySpan> replays)
    implements OperatorEvent {
  private static final long serialVersionUID = 1L;

  public Announcement {
    replays = List.copyOf(replays);
  }

  /** Without replays. */
  public Announcement(int shard, long version, Weights.Part part, @Nullable Progress progress) {
    this(shard, version, part, progress, List.of());
  }
}
