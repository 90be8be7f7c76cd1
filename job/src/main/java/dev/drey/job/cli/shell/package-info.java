/** What all commands share: streams, signals, exit codes, tables, JSON. */
@NullMarked
package dev.drey.job.cli.shell;

import org.jspecify.annotations.NullMarked;
