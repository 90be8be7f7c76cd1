/**
 * Declared keys: a key is written down once, with its type, default and meaning, and from that it
 * is read, checked, written back and explained on the reference page.
 */
@NullMarked
package dev.drey.job.specification.key;

import org.jspecify.annotations.NullMarked;
