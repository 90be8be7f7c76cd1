package dev.drey.benchmarks.measure;

/** What is measured beside Drey. */
public enum Peer {
  NONE,
  TORCH
}
