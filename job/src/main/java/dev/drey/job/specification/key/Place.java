package dev.drey.job.specification.key;

/**
 * The place of a value in the text.
 *
 * @param path its keys from the top, joined by dots; empty for the whole text
 * @param line from 1, or 0 for what does not come from the file
 */
public record Place(String path, int line) {

  public static final Place TOP = new Place("", 0);

  Place key(String name, int atLine) {
    return new Place(path.isEmpty() ? name : path + "." + name, atLine);
  }

  Place item(int index, int atLine) {
    return new Place(path + "[" + index + "]", atLine);
  }
}
