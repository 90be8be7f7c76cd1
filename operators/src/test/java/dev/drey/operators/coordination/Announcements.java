package dev.drey.operators.coordination;

import dev.drey.core.aggregation.Tally;
import dev.drey.core.blob.Blob;
import dev.drey.core.parameters.Range;
import dev.drey.core.protocol.Weights;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Announcements of shards that have two parameters each. */
final class Announcements {

  private Announcements() {}

  static Announcement of(int shard, long version) {
    return of(shard, version, null);
  }

  /** Shard 0, with the last version that was evaluated. */
  static Announcement evaluated(long version, long evaluated) {
    return of(
        0,
        version,
        new Progress(
            version,
            Tally.ZERO,
            Tally.ZERO,
            evaluated,
            Tally.ZERO,
            0,
            ExampleAccount.NONE,
            Tally.ZERO,
            StepTimes.NONE));
  }

  /** Shard 0, after so many milliseconds of function time. */
  static Announcement billed(long version, long millis) {
    Tally totals = new Tally(1, 0, 0, 0, 0, millis);
    return of(
        0,
        version,
        new Progress(
            version,
            totals,
            Tally.ZERO,
            0,
            Tally.ZERO,
            0,
            ExampleAccount.NONE,
            Tally.ZERO,
            StepTimes.NONE));
  }

  /** Shard 0, with the invocations and milliseconds of the whole run and of its last step. */
  static Announcement billed(long version, Tally totals, Tally last) {
    return of(
        0,
        version,
        new Progress(
            version,
            totals,
            last,
            0,
            Tally.ZERO,
            0,
            ExampleAccount.NONE,
            Tally.ZERO,
            StepTimes.NONE));
  }

  /** The same version, published anew. */
  static Announcement anew(int shard, long version) {
    Announcement first = of(shard, version);
    Blob.Reference blob = (Blob.Reference) first.part().blob();
    Blob.Reference other =
        new Blob.Reference(URI.create(blob.uri() + "-anew"), blob.bytes(), blob.crc32c());
    return new Announcement(
        shard, version, new Weights.Part(first.part().range(), other), first.progress());
  }

  private static Announcement of(int shard, long version, @Nullable Progress progress) {
    URI uri = URI.create("memory:v" + version + "-shard" + shard);
    return new Announcement(
        shard,
        version,
        new Weights.Part(
            new Range(2 * shard, 2 * shard + 2), new Blob.Reference(uri, 8, "00000000")),
        progress);
  }
}
