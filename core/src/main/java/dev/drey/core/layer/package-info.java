/**
 * The kinds of layer a network can have: what each is called, which shapes it takes and gives, and
 * which tensors it has. One record per kind; the mathematics is the worker's.
 */
@NullMarked
package dev.drey.core.layer;

import org.jspecify.annotations.NullMarked;
