/**
 * A real Flink cluster on this machine, with a Kafka broker and a Lambda service beside it: each in
 * processes of its own, all on loopback, all below one directory.
 */
@NullMarked
package dev.drey.job.cluster;

import org.jspecify.annotations.NullMarked;
