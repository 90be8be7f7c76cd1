package dev.drey.operators.publish;

import java.io.IOException;
import java.io.Serializable;

/** Publishes versions of the model for use outside the run. */
public interface ModelPublisher extends Serializable {

  /**
   * Publishes a version atomically. After a failure the same version may be published again, with
   * the same bits unless the run is asynchronous; the returned publication describes what is
   * stored.
   */
  Publication publish(Candidate candidate) throws IOException;
}
