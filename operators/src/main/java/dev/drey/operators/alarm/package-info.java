/** The clock and the scheduling of delayed actions. */
@NullMarked
package dev.drey.operators.alarm;

import org.jspecify.annotations.NullMarked;
