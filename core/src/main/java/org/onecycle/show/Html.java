package org.onecycle.show;

import java.util.List;

/** Texts and tables as HTML. */
public final class Html {
  private Html() {}

  /** Returns a text with the characters that mean something in HTML written otherwise. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /**
   * Returns a table.
   *
   * @param columns the heads of the columns
   * @param rows the cells of each row
   */
  public static String table(List<String> columns, List<? extends List<String>> rows) {
    StringBuilder s = new StringBuilder("<table>\n<thead>\n");
    row(s, "th", columns);
    s.append("</thead>\n<tbody>\n");
    rows.forEach(r -> row(s, "td", r));
    return s.append("</tbody>\n</table>\n").toString();
  }

  private static void row(StringBuilder s, String tag, List<String> cells) {
    s.append("<tr>");
    for (String cell : cells) {
      s.append('<').append(tag).append('>').append(escape(cell));
      s.append("</").append(tag).append('>');
    }
    s.append("</tr>\n");
  }
}
