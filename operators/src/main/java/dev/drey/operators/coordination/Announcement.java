package dev.drey.operators.coordination;

import dev.drey.core.protocol.Weights;
import java.util.List;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.jspecify.annotations.Nullable;

/**
 * What a shard of the parameter server tells: the version it has published. Announcing the same
 * again changes nothing, so a restored shard simply announces what it holds.
 *
 * @param shard index of the shard
 * @param version steps applied
 * @param part where the shard's weights of that version lie
 * @param progress how far the run is; shard 0 alone tells it
 * @param replays that the source is to make; likewise
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

  /** Nothing is replayed. */
  public Announcement(int shard, long version, Weights.Part part, @Nullable Progress progress) {
    this(shard, version, part, progress, List.of());
  }
}
