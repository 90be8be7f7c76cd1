/**
 * The Lambda function: the bytes of a request in, the bytes of an answer out. {@link
 * dev.drey.worker.LambdaHandler} is its entry point on AWS, {@link dev.drey.worker.GradientHandler}
 * everywhere.
 */
@NullMarked
package dev.drey.worker;

import org.jspecify.annotations.NullMarked;
