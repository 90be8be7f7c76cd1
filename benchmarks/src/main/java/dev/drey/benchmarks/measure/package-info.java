/** What several measurements share: processes, columns, medians, sample networks and requests. */
@NullMarked
package dev.drey.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
