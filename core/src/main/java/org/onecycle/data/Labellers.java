package org.onecycle.data;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Functions that read a label off an item, under fastai's names. */
public final class Labellers {
  private Labellers() {}

  /** The name of the folder that holds the file. */
  public static Function<Path, String> parentLabel() {
    return file -> {
      Path parent = file.toAbsolutePath().getParent();
      if (parent == null || parent.getFileName() == null) {
        throw new IllegalArgumentException("parentLabel: " + file + " lies in no named folder");
      }
      return parent.getFileName().toString();
    };
  }

  /** The file's own name; with {@code andThen} it narrows a labeller to the name. */
  public static Function<Path, String> fileName() {
    return file -> file.getFileName().toString();
  }

  /**
   * Group 1 of the first place where the pattern is found in the item's text (a path with {@code /}
   * as separator).
   *
   * @throws IllegalArgumentException (when applied) if the pattern is not found
   */
  public static Function<Object, String> regexLabeller(String pattern) {
    return regex(pattern, false);
  }

  /** As {@link #regexLabeller}, but the pattern has to match from the start of the text. */
  public static Function<Object, String> regexMatcher(String pattern) {
    return regex(pattern, true);
  }

  /** The element at a place of an item that is a list. */
  public static Function<List<?>, Object> itemGetter(int i) {
    return list -> list.get(i);
  }

  private static Function<Object, String> regex(String regex, boolean match) {
    // Python's patterns know Unicode's classes by default.
    Pattern pattern = Pattern.compile(regex, Pattern.UNICODE_CHARACTER_CLASS);
    if (pattern.matcher("").groupCount() < 1) {
      throw new IllegalArgumentException(
          "regexLabeller expects a pattern with a group, got " + regex);
    }
    return item -> {
      String text = item instanceof Path p ? p.toString().replace('\\', '/') : String.valueOf(item);
      Matcher m = pattern.matcher(text);
      if (!(match ? m.lookingAt() : m.find()) || m.group(1) == null) {
        throw new IllegalArgumentException(
            "regexLabeller: pattern " + regex + " is not found in item " + text);
      }
      return m.group(1);
    };
  }
}
