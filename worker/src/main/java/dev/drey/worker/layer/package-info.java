/**
 * The mathematics of each kind of layer, on ND4J arrays: one class per kind. Every array is in C
 * order with the examples in the first dimension.
 */
@NullMarked
package dev.drey.worker.layer;

import org.jspecify.annotations.NullMarked;
