/**
 * Networks in the Open Neural Network Exchange format, which other programs serve: written from a
 * trained network, and read for the weights of one. Operators and their formulas:
 * https://onnx.ai/onnx/operators.
 */
@NullMarked
package dev.drey.job.onnx;

import org.jspecify.annotations.NullMarked;
