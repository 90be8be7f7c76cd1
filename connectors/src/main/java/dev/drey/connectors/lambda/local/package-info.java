/**
 * A Lambda service inside this process: callers reach it through Lambda's Invoke API, workers
 * through Lambda's Runtime API, and the function runs in real processes under AWS's own runtime.
 *
 * <p>Everything that happens after a request is read runs on one event loop, so that the classes
 * here need no locks; {@link dev.drey.connectors.lambda.local.FunctionService} is where it comes
 * together.
 */
@NullMarked
package dev.drey.connectors.lambda.local;

import org.jspecify.annotations.NullMarked;
