/**
 * Who may do what over Flink's REST API, which serves its web UI too: other users of the machine
 * and pages in a browser see a run, and only whoever can read a file changes it.
 *
 * <p>A JobManager loads these classes without Drey's jars, so they use no other package of this
 * project.
 */
@NullMarked
package dev.drey.job.access;

import org.jspecify.annotations.NullMarked;
