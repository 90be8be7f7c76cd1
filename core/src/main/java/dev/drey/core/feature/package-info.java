/**
 * The encoding of stream records as examples: features, their scaling, labels, and the held-out
 * records.
 */
@NullMarked
package dev.drey.core.feature;

import org.jspecify.annotations.NullMarked;
