/**
 * Prequential evaluation: a model's error on examples before it is trained on them (test, then
 * train).
 */
@NullMarked
package dev.drey.core.prequential;

import org.jspecify.annotations.NullMarked;
