/** How well a model does on examples before it learns from them: test, then train. */
@NullMarked
package dev.drey.core.prequential;

import org.jspecify.annotations.NullMarked;
