package org.onecycle.text.data;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** English words that split otherwise than by their affixes, or not at all. */
final class WordExceptions {
  /** Words that only look like contractions without their apostrophe. */
  private static final Set<String> ORDINARY =
      Set.of("ill", "its", "hell", "shell", "shed", "were", "well", "whore");

  private static final String ABBREVIATIONS =
      "a.m. Adm. Ak. Ala. Apr. Ariz. Ark. Aug. Bros. Calif. co. Co. Colo. Conn. Corp. D.C. Dec. "
          + "Del. Dr. e.g. E.g. E.G. Feb. Fla. Ga. Gen. Gov. i.e. I.e. I.E. Ia. Id. Ill. Inc. Ind. "
          + "Jan. Jr. Jul. Jun. Kan. Kans. Ky. La. Ltd. Mar. Mass. Md. Messrs. Mich. Minn. Miss. "
          + "Mo. Mont. Mr. Mrs. Ms. Mt. N.C. N.D. N.H. N.J. N.M. N.Y. Neb. Nebr. Nev. Nov. Oct. "
          + "Okla. Ore. p.m. Pa. Ph.D. Prof. Rep. Rev. S.C. Sen. Sep. Sept. St. Tenn. v.s. Va. vs. "
          + "Wash. Wis. ä. ö. ü.";
  private static final String WORDS =
      "' '' \\\") <space> C++ and/or w/o 'd 's 'S ‘s ‘S 're 'Cause 'cause 'cos 'Cos 'coz 'Coz 'cuz "
          + "'Cuz 'bout ma'am Ma'am o'clock O'clock lovin' Lovin' lovin Lovin havin' Havin' havin "
          + "Havin em 'em ll 'll nuff 'nuff \\t \\n —";
  private static final String FACES =
      ":) :-) :)) :-)) :))) :-))) (: (-: =) (= :] :-] [: [-: [= =] :o) (o: :} :-} 8) 8-) (-8 ;) "
          + ";-) (; (-; :( :-( :(( :-(( :((( :-((( ): )-: =( >:( :') :'-) :'( :'-( :/ :-/ =/ =| "
          + ":| :-| ]= =[ :1 :P :-P :p :-p :O :-O :o :-o :0 :-0 :() >:o :* :-* :3 :-3 =3 :> :-> "
          + ":X :-X :x :-x :D :-D ;D ;-D =D xD XD xDD XDD 8D 8-D ^_^ ^__^ ^___^ >.< >.> <.< ._. "
          + ";_; -_- -__- v.v V.V v_v V_V o_o o_O O_o O_O 0_o o_0 0_0 o.O O.o O.O o.o 0.0 o.0 0.o "
          + "@_@ <3 <33 <333 </3 (^_^) (-_-) (._.) (>_<) (*_*) (¬_¬) ಠ_ಠ ಠ︵ಠ (ಠ_ಠ) ¯\\(ツ)/¯ "
          + "(╯°□°）╯︵┻━┻ ><(((*>";

  private final Map<String, List<String>> words = new HashMap<>();

  private WordExceptions() {}

  /** Returns the tokens of each exception, which give it back when joined. */
  static Map<String, List<String>> english() {
    WordExceptions e = new WordExceptions();
    e.pronouns();
    e.questions();
    e.verbs();
    e.times();
    e.sayings();
    e.words.keySet().removeIf(w -> ORDINARY.contains(w.toLowerCase(Locale.ROOT)));
    // Printers' apostrophes split as typewriters' do.
    Map<String, List<String>> typeset = new HashMap<>();
    e.words.forEach(
        (w, t) ->
            typeset.put(w.replace('\'', '’'), t.stream().map(p -> p.replace('\'', '’')).toList()));
    typeset.forEach(e.words::putIfAbsent);
    for (char c = 'a'; c <= 'z'; c++) {
      e.words.put(c + ".", List.of(c + "."));
    }
    for (String degree : "c f k C F K".split(" ")) {
      e.words.put("°" + degree + ".", List.of("°", degree, "."));
    }
    return Map.copyOf(e.words);
  }

  /** I'm, you'll've, she'd ..., with the apostrophe or without. */
  private void pronouns() {
    both("i", "'m");
    both("i", "'m", "a");
    for (String pronoun : words("i you he she it we they")) {
      both(pronoun, "'ll");
      both(pronoun, "'ll", "'ve");
      both(pronoun, "'d");
      both(pronoun, "'d", "'ve");
    }
    words("i you we they").forEach(p -> both(p, "'ve"));
    words("you we they").forEach(p -> both(p, "'re"));
    words("he she it").forEach(p -> both(p, "'s"));
  }

  /** who's, how're, that'd ... */
  private void questions() {
    for (String word : words("who what when where why how there that this these those")) {
      boolean one = word.equals("that") || word.equals("this");
      boolean many = word.equals("these") || word.equals("those");
      if (!many) {
        both(word, "'s");
      }
      if (!one) {
        both(word, "'re");
        both(word, "'ve");
      }
      both(word, "'ll");
      both(word, "'ll", "'ve");
      both(word, "'d");
      both(word, "'d", "'ve");
    }
  }

  /** can't, would've, isn't ... */
  private void verbs() {
    String withHave = "ca could do does did had may might must need ought sha should wo would";
    for (String verb : words(withHave)) {
      both(verb, "n't");
      both(verb, "n't", "'ve");
    }
    words("could might must should would").forEach(v -> both(v, "'ve"));
    words("ai are is was were have has dare").forEach(v -> both(v, "n't"));
  }

  private void times() {
    IntStream.rangeClosed(1, 12)
        .forEach(hour -> words("a.m. am p.m. pm").forEach(half -> add(String.valueOf(hour), half)));
  }

  private void sayings() {
    both("not", "'ve");
    titled("can", "not");
    titled("gon", "na");
    titled("got", "ta");
    titled("let", "'s");
    titled("c'm", "on");
    titled("how", "'d", "'y");
    add("y'", "all");
    add("y", "all");
    for (String stem : words("doin goin nothin nuthin ol somethin")) {
      titled(stem);
      titled(stem + "'");
    }
    for (String word : (ABBREVIATIONS + " " + WORDS + " " + FACES).split(" ")) {
      add(word);
    }
  }

  /** With and without apostrophes, small and with a capital. */
  private void both(String... parts) {
    titled(parts);
    titled(Stream.of(parts).map(p -> p.replace("'", "")).toArray(String[]::new));
  }

  private void titled(String... parts) {
    add(parts);
    String[] title = parts.clone();
    title[0] = title[0].substring(0, 1).toUpperCase(Locale.ROOT) + title[0].substring(1);
    add(title);
  }

  private void add(String... parts) {
    words.put(String.join("", parts), List.of(parts));
  }

  private static List<String> words(String line) {
    return List.of(line.split(" "));
  }
}
