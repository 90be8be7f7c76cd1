package dev.drey.operators.server;

import dev.drey.operators.coordination.StepPolicy;

/**
 * By which a shard's steps are applied.
 *
 * @param update how a step changes the weights
 * @param tolerance what may be missing from a step
 * @param versionsEvery every how many steps the version is emitted; Long.MAX_VALUE for never
 */
record StepRules(UpdateRule update, StepPolicy.Tolerance tolerance, long versionsEvery) {}
