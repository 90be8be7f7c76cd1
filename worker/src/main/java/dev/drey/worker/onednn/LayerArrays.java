package dev.drey.worker.onednn;

import org.jspecify.annotations.Nullable;

/**
 * The arrays that a layer reads and writes.
 *
 * @param input read in the forward pass
 * @param inputGradient overwritten in the backward pass; null if it is not needed
 * @param output written in the forward pass
 * @param outputGradient read in the backward pass
 */
public record LayerArrays(
    Array input, @Nullable Array inputGradient, Array output, Array outputGradient) {}
