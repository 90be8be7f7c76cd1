package dev.drey.benchmarks.architecture;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of our classes a class file names: all text of its constant pool is searched, which has the
 * names of classes, and the descriptors and signatures of fields and methods (The Java Virtual
 * Machine Specification, section 4.4).
 */
final class ClassFile {

  private static final int MAGIC = 0xCAFEBABE;
  private static final Pattern OURS = Pattern.compile("dev/drey/[\\w/]+");

  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;

  private ClassFile() {}

  /** The full names of the top-level classes that are named, with dots. */
  static Set<String> named(InputStream file) throws IOException {
    DataInputStream in = new DataInputStream(file);
    if (in.readInt() != MAGIC) {
      throw new IOException("is no class file");
    }
    in.readInt(); // version
    Set<String> names = new TreeSet<>();
    int count = in.readUnsignedShort();
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      if (tag == UTF8) {
        Matcher matcher = OURS.matcher(in.readUTF());
        while (matcher.find()) {
          names.add(matcher.group().replace('/', '.'));
        }
      } else {
        in.skipNBytes(length(tag));
        i += tag == LONG || tag == DOUBLE ? 1 : 0; // these take two places
      }
    }
    return names;
  }

  private static int length(int tag) throws IOException {
    return switch (tag) {
      case 7, 8, 16, 19, 20 -> 2; // class, string, method type, module, package
      case 15 -> 3; // method handle
      case 3, 4, 9, 10, 11, 12, 17, 18 -> 4; // numbers, members, name and type, dynamic ones
      case LONG, DOUBLE -> 8;
      default -> throw new IOException("has a constant of the unknown tag " + tag);
    };
  }
}
