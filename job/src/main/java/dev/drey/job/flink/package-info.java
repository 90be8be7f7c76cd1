/** Flink in this process: its settings, its file systems, its jobs, and what their failures say. */
@NullMarked
package dev.drey.job.flink;

import org.jspecify.annotations.NullMarked;
