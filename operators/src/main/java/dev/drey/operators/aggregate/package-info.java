/** Adds gradients up the tree: before the shuffle, and in keyed windows of one step. */
@NullMarked
package dev.drey.operators.aggregate;

import org.jspecify.annotations.NullMarked;
