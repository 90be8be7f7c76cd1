/** What lies in a stream's records: their formats, and the fields that these have. */
@NullMarked
package dev.drey.core.record;

import org.jspecify.annotations.NullMarked;
