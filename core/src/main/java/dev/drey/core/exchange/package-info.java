/**
 * The port through which the job and its workers exchange bytes too long for a message: one
 * interface for every kind of store, chosen by the scheme of a URI.
 */
@NullMarked
package dev.drey.core.exchange;

import org.jspecify.annotations.NullMarked;
