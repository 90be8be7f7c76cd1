package dev.drey.job.specification.key;

import java.nio.file.Path;

/**
 * What a specification's meaning depends on beside its text.
 *
 * @param directory that relative paths start from, absolute
 * @param name of a specification that does not name itself
 * @param cores of this machine
 * @param filesMustExist whether a missing data file is a fault
 */
public record Surroundings(Path directory, String name, int cores, boolean filesMustExist) {}
