package org.onecycle.show;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlTest {
  @Test
  void cellsAreEscaped() {
    assertEquals(
        "<table>\n<thead>\n<tr><th>a&amp;b</th></tr>\n</thead>\n<tbody>\n"
            + "<tr><td>&lt;i&gt;&quot;x&quot;</td></tr>\n</tbody>\n</table>\n",
        Html.table(List.of("a&b"), List.of(List.of("<i>\"x\""))));
  }
}
