/** What Lambda would charge. */
@NullMarked
package dev.drey.core.cost;

import org.jspecify.annotations.NullMarked;
