package org.onecycle.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The names that docs/from-fastai.md gives are those of public classes and their members. */
class NamesTest {
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");

  private static Map<String, Set<String>> members() {
    Map<String, Set<String>> members = new HashMap<>();
    for (JavaClass c :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.onecycle")) {
      if (c.getModifiers().contains(JavaModifier.PUBLIC)) {
        members
            .computeIfAbsent(c.getSimpleName(), n -> new TreeSet<>())
            .addAll(
                c.getAllMembers().stream()
                    .filter(m -> m.getModifiers().contains(JavaModifier.PUBLIC))
                    .map(JavaMember::getName)
                    .collect(Collectors.toSet()));
      }
    }
    return members;
  }

  @Test
  @DisplayName("every name of the second column exists")
  void names() throws IOException {
    Map<String, Set<String>> members = members();
    List<String> unknown = new ArrayList<>();
    int rows = 0;
    for (String line : Files.readAllLines(Pages.root().resolve("docs/from-fastai.md"))) {
      String[] cells = line.split("\\|");
      if (cells.length < 3 || !cells[1].contains("`")) {
        continue;
      }
      rows++;
      List<String> names = NAME.matcher(cells[2]).results().map(m -> m.group(1)).toList();
      assertTrue(!names.isEmpty(), line);
      for (String name : names) {
        String[] parts = name.split("\\.");
        Set<String> known = members.get(parts[0]);
        if (known == null || parts.length > 2 || parts.length == 2 && !known.contains(parts[1])) {
          unknown.add(name);
        }
      }
    }
    assertEquals(List.of(), unknown);
    assertTrue(rows > 50, "only " + rows + " rows");
  }
}
