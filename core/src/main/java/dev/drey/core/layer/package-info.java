/**
 * The kinds of layer a network can have: the name of each, its input and output shapes, and its
 * tensors. One record per kind; the mathematics is the worker's.
 */
@NullMarked
package dev.drey.core.layer;

import org.jspecify.annotations.NullMarked;
