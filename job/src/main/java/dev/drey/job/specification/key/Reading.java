package dev.drey.job.specification.key;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The reading of one specification: what was read so far and what is wrong. One thread. */
public final class Reading {

  private final Surroundings surroundings;
  private final WholeRun run;
  private final List<Fault> faults = new ArrayList<>();
  private final Map<Key<?, ?>, Object> values = new HashMap<>();
  private final Map<Key<?, ?>, Place> given = new HashMap<>();
  private final Map<Key<?, ?>, Place> places = new HashMap<>();

  /** Reads sections that belong to no run. */
  public Reading(Surroundings surroundings) {
    this(surroundings, WholeRun.NONE);
  }

  /**
   * Reads the specification of a run.
   *
   * @param run answers what one section asks about another
   */
  public Reading(Surroundings surroundings, WholeRun run) {
    this.surroundings = surroundings;
    this.run = run;
  }

  /** The run's name; empty if it is wrong. */
  public Optional<String> runName() {
    return run.name(this);
  }

  /** Whether the run trains on a stream instead of a data set. */
  public boolean isStream() {
    return run.isStream(this);
  }

  /** Whether the network has an embedding, so that its input must be whole numbers. */
  public boolean hasEmbedding() {
    return run.hasEmbedding(this);
  }

  public Surroundings surroundings() {
    return surroundings;
  }

  public List<Fault> faults() {
    return List.copyOf(faults);
  }

  public void fault(Place place, String problem) {
    faults.add(new Fault(place, problem));
  }

  /** Reports a fault of a key whose section has been read. */
  public void fault(Key<?, ?> key, String problem) {
    fault(places.getOrDefault(key, new Place(key.name(), 0)), problem);
  }

  /** The key's value, given or default; empty if it was wrong. */
  @SuppressWarnings("unchecked") // remember() puts in nothing else
  public <T> Optional<T> value(Key<?, T> key) {
    return Optional.ofNullable((T) values.get(key));
  }

  /** Whether the text has the key, with a right or a wrong value. */
  public boolean isGiven(Key<?, ?> key) {
    return given.containsKey(key);
  }

  void place(Key<?, ?> key, Place place, boolean isGiven) {
    places.put(key, place);
    values.remove(key);
    given.remove(key);
    if (isGiven) {
      given.put(key, place);
    }
  }

  <T> void remember(Key<?, T> key, T value) {
    values.put(key, value);
  }
}
