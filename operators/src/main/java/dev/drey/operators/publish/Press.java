package dev.drey.operators.publish;

import java.io.IOException;
import java.io.Serializable;

/** Puts versions where others find them. */
public interface Press extends Serializable {

  /**
   * Publishes a version, whole or not at all. One that is there already is left as it is: after a
   * failure the same version comes again, with the same bits.
   */
  Publication publish(Candidate candidate) throws IOException;
}
