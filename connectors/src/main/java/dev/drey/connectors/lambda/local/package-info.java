/**
 * A local emulation of Lambda in this process: callers use Lambda's Invoke API, workers Lambda's
 * Runtime API, and the function runs in separate processes under AWS's own runtime.
 *
 * <p>All events are handled on one event loop, so the classes here need no locks; {@link
 * dev.drey.connectors.lambda.local.FunctionService} is the central one.
 */
@NullMarked
package dev.drey.connectors.lambda.local;

import org.jspecify.annotations.NullMarked;
