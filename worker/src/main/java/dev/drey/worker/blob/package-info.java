/** Where the bytes beside a message lie: read and written by URI, one class per URI scheme. */
@NullMarked
package dev.drey.worker.blob;

import org.jspecify.annotations.NullMarked;
