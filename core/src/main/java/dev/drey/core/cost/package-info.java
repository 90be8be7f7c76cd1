/** The price of Lambda invocations. */
@NullMarked
package dev.drey.core.cost;

import org.jspecify.annotations.NullMarked;
