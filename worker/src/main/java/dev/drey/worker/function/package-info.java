/**
 * Activation functions and their derivatives on arrays of floats, in branch-free loops that the JVM
 * vectorizes. They use IEEE 754 operations only, and so give the same bits on every processor,
 * interpreted or compiled.
 */
@NullMarked
package dev.drey.worker.function;

import org.jspecify.annotations.NullMarked;
