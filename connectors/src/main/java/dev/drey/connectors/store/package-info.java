/** Weight stores, and the files in which weights and gradients pass between processes. */
@NullMarked
package dev.drey.connectors.store;

import org.jspecify.annotations.NullMarked;
