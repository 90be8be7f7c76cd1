package dev.drey.job.specification.key;

import java.nio.file.Path;

/**
 * What a specification does not say itself.
 *
 * @param directory that relative paths start from, absolute
 * @param name of a specification that gives itself none
 * @param cores of this machine
 * @param filesMustExist whether a data file that is not there is a fault
 */
public record Surroundings(Path directory, String name, int cores, boolean filesMustExist) {}
