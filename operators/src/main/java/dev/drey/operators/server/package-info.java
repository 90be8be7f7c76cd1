/**
 * The parameter server: holds a shard of the weights, applies each step once, publishes the
 * version.
 */
@NullMarked
package dev.drey.operators.server;

import org.jspecify.annotations.NullMarked;
