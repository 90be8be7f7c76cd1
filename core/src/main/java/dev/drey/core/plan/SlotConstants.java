package dev.drey.core.plan;

/**
 * What a slot's time is made of.
 *
 * @param speed of the computation
 * @param down to the worker: its request, and the weights by value or by reference
 * @param up from the worker: its gradient
 * @param coldStarts of workers
 * @param stragglers how a slot's time varies around its least
 */
public record SlotConstants(
    WorkerSpeed speed, Transfer down, Transfer up, ColdStarts coldStarts, Stragglers stragglers) {}
