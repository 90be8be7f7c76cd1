/**
 * The Lambda function: computes the bytes of an answer from the bytes of a request. {@link
 * dev.drey.worker.LambdaHandler} is its entry point on AWS, {@link dev.drey.worker.GradientHandler}
 * the implementation everywhere.
 */
@NullMarked
package dev.drey.worker;

import org.jspecify.annotations.NullMarked;
