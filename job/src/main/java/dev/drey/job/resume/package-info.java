/** How a run that did not come to its end goes on from what it had saved. */
@NullMarked
package dev.drey.job.resume;

import org.jspecify.annotations.NullMarked;
