/**
 * A real Flink cluster on this machine, with a Kafka broker and a Lambda service: each in its own
 * processes, all on loopback, all files below one directory.
 */
@NullMarked
package dev.drey.job.cluster;

import org.jspecify.annotations.NullMarked;
