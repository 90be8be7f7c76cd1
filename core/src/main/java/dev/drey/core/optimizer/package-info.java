/** How a mean gradient changes the parameters: update rules, learning rates, clipping. */
@NullMarked
package dev.drey.core.optimizer;

import org.jspecify.annotations.NullMarked;
