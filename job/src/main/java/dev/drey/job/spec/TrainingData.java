package dev.drey.job.spec;

/** What a run is trained on: a data set, or a stream. */
public sealed interface TrainingData permits DataSettings, StreamSettings {}
