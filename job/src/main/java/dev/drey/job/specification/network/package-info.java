/** The section {@code network} of a specification: layers and loss. */
@NullMarked
package dev.drey.job.specification.network;

import org.jspecify.annotations.NullMarked;
