/** The sinks of a job: lines of files, records of topics, and the files of a model. */
@NullMarked
package dev.drey.job.sink;

import org.jspecify.annotations.NullMarked;
