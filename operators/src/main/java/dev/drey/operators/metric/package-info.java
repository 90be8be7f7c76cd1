/** What the operators' metrics are called. */
@NullMarked
package dev.drey.operators.metric;

import org.jspecify.annotations.NullMarked;
