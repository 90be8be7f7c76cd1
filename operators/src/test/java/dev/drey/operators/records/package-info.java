/** A source of records, and what they become, for tests. */
@NullMarked
package dev.drey.operators.records;

import org.jspecify.annotations.NullMarked;
