package org.onecycle.text.data;

import java.util.Locale;
import java.util.function.UnaryOperator;
import org.onecycle.io.Exportable;
import org.onecycle.io.Spec;

/** The rules of {@link TextRules} by name, so that an export can name those of its tokenizer. */
public enum TextRule implements UnaryOperator<String>, Exportable {
  /** {@link TextRules#fixHtml}. */
  FIX_HTML(TextRules::fixHtml),
  /** {@link TextRules#replaceRep}. */
  REPLACE_REP(TextRules::replaceRep),
  /** {@link TextRules#replaceWrep}. */
  REPLACE_WREP(TextRules::replaceWrep),
  /** {@link TextRules#specAddSpaces}. */
  SPEC_ADD_SPACES(TextRules::specAddSpaces),
  /** {@link TextRules#rmUselessSpaces}. */
  RM_USELESS_SPACES(TextRules::rmUselessSpaces),
  /** {@link TextRules#replaceAllCaps}. */
  REPLACE_ALL_CAPS(TextRules::replaceAllCaps),
  /** {@link TextRules#replaceMaj}. */
  REPLACE_MAJ(TextRules::replaceMaj),
  /** {@link TextRules#lowercase}. */
  LOWERCASE(TextRules::lowercase),
  /** {@link TextRules#replaceSpace}. */
  REPLACE_SPACE(TextRules::replaceSpace);

  static final String NAME = "text.rule";

  private final UnaryOperator<String> rule;

  TextRule(UnaryOperator<String> rule) {
    this.rule = rule;
  }

  @Override
  public String apply(String text) {
    return rule.apply(text);
  }

  @Override
  public Spec spec() {
    return new Spec(NAME, Spec.object().put("rule", name().toLowerCase(Locale.ROOT)));
  }

  static TextRule of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
