package dev.drey.core.plan;

/**
 * The constants of a slot's time.
 *
 * @param speed of the computation
 * @param down transfer to the worker: the request, and the weights by value or by reference
 * @param up transfer of the gradient from the worker
 * @param coldStarts model of cold starts
 * @param stragglers distribution of a slot's time above its minimum
 */
public record SlotConstants(
    WorkerSpeed speed, Transfer down, Transfer up, ColdStarts coldStarts, Stragglers stragglers) {}
