package org.onecycle.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Markdown page as one Java class: its snippets, in their order, are the body of one method.
 *
 * <ul>
 *   <li>{@code ```java} is compiled and run, {@code ```java norun} only compiled.
 *   <li>{@code <!-- java} to {@code -->} is the same, but not shown: imports and preparations.
 *   <li>{@code package} and {@code import} lines of all snippets come first, whatever their place.
 *   <li>A line that ends in {@code // -> text} is checked: its value, or that of the variable it
 *       sets, reads as the text.
 *   <li>{@code ```python} snippets are one program, which runs in {@code folder} at the place of
 *       the last of them; where there is no Python with PyTorch the page is skipped from there on.
 *   <li>{@code folder} is a {@link Path} to an empty folder.
 * </ul>
 *
 * <p>Each line of Java stays at the line it has in the page, so that the compiler and stack traces
 * name the page's lines.
 */
record Page(String name, String packageName, String source, boolean hasJava) {
  static final String CLASS = "Snippets";

  private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
  private static final Pattern CHECKED = Pattern.compile("^(\\s*)(.+);\\s*// -> (.+)$");
  private static final Pattern SETS = Pattern.compile("^[\\w<>\\[\\],.? ]+ (\\w+) = .+");

  private static final String RUN_PYTHON = "org.onecycle.docs.Python.run(folder, %s);";

  private enum Kind {
    NONE("", "", ""),
    RUN("```java", "", "```"),
    NORUN("```java norun", "if (norun) {", "```"),
    HIDDEN("<!-- java", "", "-->"),
    PYTHON("```python", "", "```");

    private final String opening;
    private final String prefix;
    private final String closing;

    Kind(String opening, String prefix, String closing) {
      this.opening = opening;
      this.prefix = prefix;
      this.closing = closing;
    }

    static Kind of(String line) {
      return Arrays.stream(values()).filter(k -> k.opening.equals(line)).findFirst().orElse(NONE);
    }
  }

  static Page read(Path root, Path file) throws IOException {
    return of(root.relativize(file).toString(), Files.readAllLines(file));
  }

  static Page of(String name, List<String> lines) {
    StringBuilder header = new StringBuilder();
    String[] body = new String[lines.size()];
    String packageName = "snippets";
    Kind kind = Kind.NONE;
    boolean any = false;
    StringBuilder python = new StringBuilder();
    for (int i = 0; i < body.length; i++) {
      String line = lines.get(i);
      body[i] = "";
      Matcher declared = PACKAGE.matcher(line);
      if (kind == Kind.PYTHON) {
        if (line.stripTrailing().equals(kind.closing)) {
          kind = Kind.NONE;
          // Python comes in pieces; what Java reads is there when the last one has ended.
          body[i] = pythonFollows(lines, i) ? "" : RUN_PYTHON.formatted(quoted(python));
        } else {
          python.append(line).append('\n');
        }
      } else if (kind == Kind.NONE) {
        kind = Kind.of(line.equals("") ? "none" : line.stripTrailing());
        body[i] = kind.prefix;
        any |= kind != Kind.NONE && kind != Kind.PYTHON;
      } else if (line.stripTrailing().equals(kind.closing)) {
        body[i] = kind == Kind.NORUN ? "}" : "";
        kind = Kind.NONE;
      } else if (declared.matches()) {
        packageName = declared.group(1);
      } else if (line.startsWith("import ")) {
        header.append(line).append(' ');
      } else {
        body[i] = checked(line);
      }
    }
    if (kind != Kind.NONE) {
      throw new IllegalArgumentException(name + ": a snippet does not end");
    }
    body[0] =
        "package %s; %s @SuppressWarnings(\"all\") public final class %s {"
                .formatted(packageName, header, CLASS)
            + " static boolean norun;"
            + " public static void run(java.nio.file.Path folder) throws Exception {"
            + body[0];
    return new Page(name, packageName, String.join("\n", body) + "\n}}\n", any);
  }

  private static boolean pythonFollows(List<String> lines, int after) {
    return lines.subList(after + 1, lines.size()).stream()
        .anyMatch(l -> Kind.of(l.stripTrailing()) == Kind.PYTHON);
  }

  private static String quoted(CharSequence text) {
    return "\""
        + text.toString().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
        + "\"";
  }

  private static String checked(String line) {
    Matcher m = CHECKED.matcher(line);
    if (!m.matches()) {
      return line;
    }
    String statement = m.group(2);
    String quoted = quoted(m.group(3));
    Matcher sets = SETS.matcher(statement);
    String check = "org.onecycle.docs.Shown.check(%s, " + quoted + ");";
    return sets.matches()
        ? statement + "; " + check.formatted(sets.group(1))
        : check.formatted(statement);
  }

  String className() {
    return packageName + "." + CLASS;
  }
}
