package org.onecycle.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A vocabulary as Python pickled it: a list of strings and nothing else. */
public final class PickledWords {
  private PickledWords() {}

  /**
   * Reads the words.
   *
   * @throws WeightsFormatException if the file is damaged, or holds anything but a list of strings
   * @throws java.io.UncheckedIOException if it cannot be read
   */
  public static List<String> read(Path file) {
    FileBytes bytes = FileBytes.open(file);
    Object value;
    try {
      value = Pickle.load(bytes.slice(0, bytes.size(), "a pickle"), new Refusing()).value();
    } catch (PickleException e) {
      throw bytes.error("no pickled list of words: %s", e.getMessage());
    }
    if (!(value instanceof List<?> list)) {
      throw bytes.error("no pickled list of words");
    }
    List<String> words = new ArrayList<>(list.size());
    for (Object word : list) {
      if (!(word instanceof String text)) {
        throw bytes.error("no pickled list of words: one of them is %s", word);
      }
      words.add(text);
    }
    return words;
  }

  /** Knows no names: nothing can be made but plain values. */
  private static final class Refusing implements Pickle.Globals {
    @Override
    public Object find(String module, String name) {
      throw new PickleException("refused: it names " + module + "." + name);
    }

    @Override
    public Object call(Object callable, List<Object> arguments) {
      throw new PickleException("refused: it calls a function");
    }

    @Override
    public boolean build(Object target, Object state) {
      return false;
    }

    @Override
    public Object persistent(Object id) {
      throw new PickleException("refused: it refers to something outside");
    }
  }
}
