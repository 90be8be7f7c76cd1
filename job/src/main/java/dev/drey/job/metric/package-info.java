/** What a running job's metrics say, read over Flink's REST API: where the time of a step goes. */
@NullMarked
package dev.drey.job.metric;

import org.jspecify.annotations.NullMarked;
