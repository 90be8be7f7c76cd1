/**
 * What a network is: its layers, its loss, and where each tensor lies in the flat parameter vector.
 */
@NullMarked
package dev.drey.core.network;

import org.jspecify.annotations.NullMarked;
