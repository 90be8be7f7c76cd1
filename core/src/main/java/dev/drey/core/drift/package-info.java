/** Whether the error of a model has changed for good, told from its values one after the other. */
@NullMarked
package dev.drey.core.drift;

import org.jspecify.annotations.NullMarked;
