/**
 * Flink in this process: its settings, its file systems, its jobs, and the messages of their
 * failures.
 */
@NullMarked
package dev.drey.job.flink;

import org.jspecify.annotations.NullMarked;
