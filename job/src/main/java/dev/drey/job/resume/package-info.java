/** How an unfinished run resumes from its saved state. */
@NullMarked
package dev.drey.job.resume;

import org.jspecify.annotations.NullMarked;
