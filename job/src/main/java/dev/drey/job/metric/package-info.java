/** Metrics of a running job, read over Flink's REST API: how the time of a step is spent. */
@NullMarked
package dev.drey.job.metric;

import org.jspecify.annotations.NullMarked;
