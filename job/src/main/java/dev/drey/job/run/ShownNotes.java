package dev.drey.job.run;

import dev.drey.job.model.ModelDirectory;
import dev.drey.job.model.RunNotes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on the notes that are added to a run's directory, each once. Not thread-safe. */
final class ShownNotes {

  private static final Logger LOG = LoggerFactory.getLogger(ShownNotes.class);

  private final ProgressListener listener;
  private final Map<RunNotes, Integer> shown = new LinkedHashMap<>();

  /**
   * @param listener is notified of each note that does not exist yet
   */
  ShownNotes(ModelDirectory directory, ProgressListener listener) {
    this.listener = listener;
    for (RunNotes notes : directory.notes()) {
      shown.put(notes, read(notes).size());
    }
  }

  void show() {
    for (Map.Entry<RunNotes, Integer> entry : shown.entrySet()) {
      List<String> all = read(entry.getKey());
      for (String note : all.subList(Math.min(entry.getValue(), all.size()), all.size())) {
        listener.noted(note);
      }
      entry.setValue(all.size());
    }
  }

  /** What cannot be read now is shown later. */
  private static List<String> read(RunNotes notes) {
    try {
      return notes.read();
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("notes cannot be read", e);
      return List.of();
    }
  }
}
