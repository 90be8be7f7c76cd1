package dev.drey.benchmarks;

/** What is measured beside Drey. */
public enum Peer {
  NONE,
  TORCH
}
