/** Time, and what is to be done later. */
@NullMarked
package dev.drey.operators.alarm;

import org.jspecify.annotations.NullMarked;
