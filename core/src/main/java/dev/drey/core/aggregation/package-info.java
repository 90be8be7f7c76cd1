/**
 * How gradients are added: the tree's structure, and sums whose bits do not depend on arrival
 * order.
 */
@NullMarked
package dev.drey.core.aggregation;

import org.jspecify.annotations.NullMarked;
