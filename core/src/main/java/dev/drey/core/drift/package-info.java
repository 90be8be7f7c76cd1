/** Detection of lasting changes of a model's error from the sequence of its values. */
@NullMarked
package dev.drey.core.drift;

import org.jspecify.annotations.NullMarked;
