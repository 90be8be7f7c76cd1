/**
 * A training run from start to end: prepared data, the Flink jobs that train on it, a saved model.
 */
@NullMarked
package dev.drey.job.run;

import org.jspecify.annotations.NullMarked;
