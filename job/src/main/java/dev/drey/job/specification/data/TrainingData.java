package dev.drey.job.specification.data;

/** What a run is trained on: a data set, or a stream. */
public sealed interface TrainingData permits DataSettings, StreamSettings {}
