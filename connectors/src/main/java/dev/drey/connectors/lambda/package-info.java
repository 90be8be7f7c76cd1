/** Workers that are AWS Lambda functions, called through the AWS SDK. */
@NullMarked
package dev.drey.connectors.lambda;

import org.jspecify.annotations.NullMarked;
