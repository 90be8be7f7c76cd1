/** Where versions of the weights go that leave a run while it goes on. */
@NullMarked
package dev.drey.job.publish;

import org.jspecify.annotations.NullMarked;
