package dev.drey.worker.onednn;

import org.jspecify.annotations.Nullable;

/**
 * The arrays on either side of a layer.
 *
 * @param input read
 * @param inputGradient overwritten on the way back; null where nobody wants it
 * @param output written
 * @param outputGradient read on the way back
 */
public record LayerArrays(
    Array input, @Nullable Array inputGradient, Array output, Array outputGradient) {}
