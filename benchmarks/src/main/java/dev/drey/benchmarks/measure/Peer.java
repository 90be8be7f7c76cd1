package dev.drey.benchmarks.measure;

/** The implementation that Drey is compared with. */
public enum Peer {
  NONE,
  TORCH
}
