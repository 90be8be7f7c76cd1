/**
 * Weights that a run starts from: those of an earlier run, or of another program, brought into the
 * layout of the network's own tensors. Files come from anywhere: what they declare is checked
 * against the network before anything of that size is read.
 */
@NullMarked
package dev.drey.job.pretrained;

import org.jspecify.annotations.NullMarked;
