/** What a network sees of a record: features, their scaling, labels, and what is held out. */
@NullMarked
package dev.drey.core.feature;

import org.jspecify.annotations.NullMarked;
