/** A real Flink cluster on this machine, whose processes tests may kill. */
@NullMarked
package dev.drey.job.cluster;

import org.jspecify.annotations.NullMarked;
