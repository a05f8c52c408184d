package org.onecycle.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The rows of the comparison: a work of fixed sizes, done by every side that can. */
enum Row {
  /** Classifies pictures. */
  RESNET34_FORWARD(Unit.PICTURES, 2, 1.2, "ResNet-34 forward, evaluation, 224 px, batch 8"),
  /** Trains the classifier. */
  RESNET34_TRAIN(Unit.PICTURES, 1, 1.3, "ResNet-34 training step with Adam, 224 px, batch 8"),
  /** Trains its head. */
  RESNET34_FROZEN(Unit.PICTURES, 1, 1.3, "the same, body frozen but for its norm layers"),
  /** Trains the head on pairs. */
  SIAMESE_FROZEN(
      Unit.PAIRS,
      1,
      1.3,
      "Siamese ResNet-34 step, encoder frozen but for its norm layers, 8 pairs"),
  /** Trains on masks. */
  UNET34_TRAIN(
      Unit.PICTURES, 1, 1.3, "DynamicUnet(ResNet-34) training step, 128 px, batch 4, 32 classes"),
  /** Trains a language model. */
  AWD_LM_TRAIN(
      Unit.WORDS,
      1,
      2.2,
      "AWD-LSTM language model step, 400/1152/3, all dropouts, 32 x 70, vocabulary 10,000"),
  /** Trains a language model without dropouts. */
  LSTM_LM_TRAIN(Unit.WORDS, 1, 1.4, "plain LSTM language model step, the same sizes"),
  /** Trains on table rows. */
  TABULAR_TRAIN(
      Unit.ROWS, 20, 5, "tabular step, 8 categorical and 6 continuous columns, batch 64, 200/100"),
  /** Trains on texts. */
  TEXT_CLASSIFIER_TRAIN(
      Unit.TEXTS, 1, 2.5, "AWD-LSTM classifier step, batch 16, lengths 288 to 96"),
  /** Prepares pictures. */
  IMAGE_PIPELINE(
      Unit.PICTURES, 1, 2, "JPEG decode, resize to 224 px, flip, warp, rotation, zoom, lighting"),
  /** Prepares pictures in two sizes. */
  IMAGE_PRESIZE(
      Unit.PICTURES, 1, 5, "JPEG decode, resize to 460 px, the same augmentation to 224 px"),
  /** Trains the classifier in mixed precision. */
  RESNET34_TRAIN_BF16(
      Unit.PICTURES, 1, 1.7, "ResNet-34 training step in BFLOAT16; the ratio is to our own FLOAT");

  /** What is counted. */
  enum Unit {
    /** Pictures. */
    PICTURES("img/s"),
    /** Pairs of pictures. */
    PAIRS("pairs/s"),
    /** Words. */
    WORDS("tokens/s"),
    /** Rows of a table. */
    ROWS("rows/s"),
    /** Texts. */
    TEXTS("docs/s");

    private final String perSecond;

    Unit(String perSecond) {
      this.perSecond = perSecond;
    }

    /** Returns the unit of a rate. */
    String perSecond() {
      return perSecond;
    }
  }

  private final Unit unit;
  private final int stepsPerRound;
  private final double wanted;
  private final String about;

  Row(Unit unit, int stepsPerRound, double wanted, String about) {
    this.unit = unit;
    this.stepsPerRound = stepsPerRound;
    this.wanted = wanted;
    this.about = about;
  }

  /**
   * Returns the row of a name.
   *
   * @throws IllegalArgumentException if there is none, with those that there are
   */
  static Row of(String name) {
    return Arrays.stream(values())
        .filter(r -> r.id().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no row " + name + "; there are " + String.join(", ", ids())));
  }

  /** Returns all names. */
  static List<String> ids() {
    return Arrays.stream(values()).map(Row::id).toList();
  }

  /** Returns the name. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns what is counted. */
  Unit unit() {
    return unit;
  }

  /** Returns the least number of steps that are timed at once. */
  int stepsPerRound() {
    return stepsPerRound;
  }

  /** Returns the ratio to reach. */
  double wanted() {
    return wanted;
  }

  /** Returns what the work is. */
  String about() {
    return about;
  }

  /** Returns who is asked; a side may answer that it can't. */
  List<Side> sides() {
    return this == RESNET34_TRAIN_BF16
        ? List.of(Side.ONECYCLE, Side.ONECYCLE_FLOAT, Side.LIBTORCH, Side.PYTORCH)
        : List.of(Side.ONECYCLE, Side.LIBTORCH, Side.PYTORCH);
  }

  /** Returns whether the work is training or inference on arrays that are there already. */
  boolean isNetwork() {
    return this != IMAGE_PIPELINE && this != IMAGE_PRESIZE;
  }
}
