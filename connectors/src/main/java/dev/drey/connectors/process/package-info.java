/** Workers that are threads of this process, for tests and for a quick start. */
@NullMarked
package dev.drey.connectors.process;

import org.jspecify.annotations.NullMarked;
