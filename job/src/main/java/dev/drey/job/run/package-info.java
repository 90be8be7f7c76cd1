/**
 * One run from prepared data to a saved model, with Flink and the workers in or below this process.
 */
@NullMarked
package dev.drey.job.run;

import org.jspecify.annotations.NullMarked;
