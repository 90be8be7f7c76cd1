package dev.drey.operators.publish;

import java.io.IOException;
import java.io.Serializable;

/** Puts versions where others find them. */
public interface ModelPublisher extends Serializable {

  /**
   * Publishes a version, whole or not at all. The same version may come again after a failure, with
   * the same bits but in an asynchronous run: what is there is then what the publication tells.
   */
  Publication publish(Candidate candidate) throws IOException;
}
