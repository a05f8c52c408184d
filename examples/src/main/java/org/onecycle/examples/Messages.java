package org.onecycle.examples;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.onecycle.io.DownloadException;
import org.onecycle.io.Untar;
import org.onecycle.io.Urls;
import org.onecycle.show.ProgressOutput;
import org.onecycle.tensor.Rng;
import org.onecycle.text.data.TextFiles;

/** Short messages, each ham or spam. */
record Messages(List<String> texts, List<String> labels) {
  private static final String FILE = "SMSSpamCollection";
  private static final String ARCHIVE = "sms-spam-collection.zip";
  private static final String HAM = "ham";
  private static final String SPAM = "spam";
  private static final int INVENTED = 1500;

  /**
   * The messages in the folder of {@code --data}, or the SMS Spam Collection, downloaded once;
   * where it cannot be had, invented ones, which is said in one line.
   */
  static Messages of(CommonOptions options, PrintStream out) {
    if (options.data() != null) {
      return in(options.data());
    }
    Optional<String> problem =
        Files.isDirectory(Untar.folder(ARCHIVE))
            ? Optional.empty()
            : Network.problem(Urls.SMS_SPAM.url());
    if (problem.isEmpty()) {
      try (DownloadBar bar = new DownloadBar(ProgressOutput.standard(), out)) {
        return in(Untar.data(Urls.SMS_SPAM, ARCHIVE, bar));
      } catch (DownloadException e) {
        problem = Optional.of(e.getMessage());
      }
    }
    out.printf(
        "No SMS Spam Collection (%s): training on %d invented messages.%n",
        problem.orElseThrow(), INVENTED);
    return invented(new Rng(1));
  }

  /**
   * Reads {@code SMSSpamCollection}: on each line ham or spam, a tab, the message.
   *
   * @throws UncheckedIOException if the file is not there
   * @throws IllegalArgumentException naming the line that is neither
   */
  static Messages in(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new UncheckedIOException(
          folder + ": expected a file " + FILE, new NoSuchFileException(file.toString()));
    }
    List<String> texts = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    int number = 0;
    for (String line : TextFiles.read(file).split("\r?\n")) {
      number++;
      String[] parts = line.split("\t", 2);
      boolean known = parts.length == 2 && (parts[0].equals(HAM) || parts[0].equals(SPAM));
      if (known) {
        labels.add(parts[0]);
        texts.add(parts[1]);
      } else if (number > 1) {
        throw new IllegalArgumentException(
            "%s, line %d: expected ham or spam, a tab and the message, got %s"
                .formatted(file, number, line));
      }
    }
    return new Messages(texts, labels);
  }

  /** Messages of patterns, some words of which are found in both kinds. */
  static Messages invented(Rng rng) {
    String[] names = {"Ann", "Tom", "mum", "Raj", "Lee", "Kim", "dad", "Zoe"};
    String[] times = {"at 6", "tonight", "tomorrow", "after work", "in an hour", "on Friday"};
    String[] things = {"dinner", "the cinema", "lunch", "the game", "a walk", "class", "tea"};
    String[] prizes = {"a new phone", "500 pounds", "free tickets", "a holiday", "1000 cash"};
    String[] moves = {"call 09061", "text WIN to 80086", "reply YES to 150", "claim on 0871"};
    List<String> texts = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < INVENTED; i++) {
      boolean spam = rng.nextDouble() < .3;
      String name = pick(rng, names);
      String time = pick(rng, times);
      String first =
          spam
              ? pick(
                  rng,
                  "URGENT! You have won " + pick(rng, prizes),
                  "Congratulations " + name + ", " + pick(rng, prizes) + " waits for you",
                  "Last chance for " + pick(rng, prizes))
              : pick(
                  rng,
                  "Hey " + name + " are you free " + time + " for " + pick(rng, things) + "?",
                  "Sorry, I can't come to " + pick(rng, things) + " " + time,
                  "I have won the game! See you " + time);
      String second =
          spam
              ? pick(rng, "To claim " + pick(rng, moves), "Now " + pick(rng, moves), "Ends " + time)
              : pick(rng, "Call me " + time, "Love, " + name, "ok lol");
      texts.add(first + ". " + second);
      labels.add(spam ? SPAM : HAM);
    }
    return new Messages(texts, labels);
  }

  private static String pick(Rng rng, String... from) {
    return from[rng.nextInt(from.length)];
  }
}
