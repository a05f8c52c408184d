package org.onecycle.examples.breeds;

import static org.onecycle.examples.breeds.Breed.Marking.BIB;
import static org.onecycle.examples.breeds.Breed.Marking.MASK;
import static org.onecycle.examples.breeds.Breed.Marking.PATCHES;
import static org.onecycle.examples.breeds.Breed.Marking.SADDLE;
import static org.onecycle.examples.breeds.Breed.Marking.SOCKS;
import static org.onecycle.examples.breeds.Breed.Marking.SPOTS;
import static org.onecycle.examples.breeds.Breed.Marking.STRIPES;
import static org.onecycle.examples.breeds.Breed.Marking.TIPS;

import java.util.List;
import java.util.Set;

/**
 * What all animals of a breed have in common.
 *
 * @param name in lower case, with underscores
 * @param build the shape
 * @param coat the colour of most of the animal
 * @param second the colour of the markings
 * @param markings none for a plain coat
 */
record Breed(String name, Build build, Rgb coat, Rgb second, Set<Marking> markings) {
  /** Where the second colour lies. */
  enum Marking {
    STRIPES,
    SPOTS,
    PATCHES,
    SADDLE,
    MASK,
    SOCKS,
    BIB,
    TIPS
  }

  /** The shape of the ears. */
  enum Ears {
    POINTED,
    FLOPPY,
    ROUND,
    LONG
  }

  /** The shape of the tail. */
  enum Tail {
    LONG,
    STUB,
    BUSHY,
    CURLED
  }

  /**
   * Proportions, with a body about 1 long.
   *
   * @param length from the middle of the chest to the middle of the rump
   * @param chest radius
   * @param rump radius
   * @param legs from the spine to the ground
   * @param paw radius of the leg
   * @param head radius
   * @param neck from the chest to the head
   * @param muzzle how far it stands out of the head
   * @param snout radius of the muzzle's tip
   * @param earSize in head radii
   * @param fur how far tufts stand out
   */
  record Build(
      double length,
      double chest,
      double rump,
      double legs,
      double paw,
      double head,
      double neck,
      double muzzle,
      double snout,
      Ears ears,
      double earSize,
      Tail tail,
      double tailLength,
      double fur) {}

  private static final Build CAT =
      new Build(
          0.62,
          0.22,
          0.23,
          0.55,
          0.065,
          0.23,
          0.36,
          0.13,
          0.09,
          Ears.POINTED,
          0.95,
          Tail.LONG,
          0.75,
          0.006);
  private static final Build HOUND =
      new Build(
          0.66,
          0.25,
          0.17,
          0.78,
          0.06,
          0.19,
          0.52,
          0.33,
          0.085,
          Ears.FLOPPY,
          1.15,
          Tail.LONG,
          0.55,
          0.004);
  private static final Build BEAR =
      new Build(
          0.5,
          0.33,
          0.36,
          0.55,
          0.115,
          0.28,
          0.42,
          0.2,
          0.12,
          Ears.ROUND,
          0.42,
          Tail.STUB,
          0.1,
          0.02);
  private static final Build LOW =
      new Build(
          1.02,
          0.2,
          0.19,
          0.36,
          0.07,
          0.19,
          0.36,
          0.28,
          0.08,
          Ears.FLOPPY,
          1.25,
          Tail.LONG,
          0.45,
          0.005);
  private static final Build FENNEC =
      new Build(
          0.46,
          0.18,
          0.19,
          0.48,
          0.05,
          0.22,
          0.34,
          0.2,
          0.045,
          Ears.LONG,
          1.45,
          Tail.BUSHY,
          0.7,
          0.012);
  private static final Build SHAGGY =
      new Build(
          0.56,
          0.31,
          0.28,
          0.66,
          0.1,
          0.25,
          0.46,
          0.22,
          0.11,
          Ears.FLOPPY,
          0.85,
          Tail.CURLED,
          0.6,
          0.045);

  private static final Rgb GINGER = Rgb.of(0xd08238);
  private static final Rgb CREAM = Rgb.of(0xe9d6ae);
  private static final Rgb WHITE = Rgb.of(0xefece6);
  private static final Rgb SLATE = Rgb.of(0x87909c);
  private static final Rgb BROWN = Rgb.of(0x77492a);
  private static final Rgb NIGHT = Rgb.of(0x35333a);

  /** The dozen. Neighbours in shape differ in coat, neighbours in coat differ in shape. */
  static final List<Breed> ALL =
      List.of(
          new Breed("amber_tarrow", CAT, GINGER, BROWN, Set.of(STRIPES)),
          new Breed("ashen_tarrow", CAT, SLATE, NIGHT, Set.of(STRIPES)),
          new Breed("common_pellin", CAT, GINGER, WHITE, Set.of(BIB, SOCKS)),
          new Breed("field_houm", HOUND, CREAM, BROWN, Set.of(PATCHES)),
          new Breed("royal_houm", HOUND, WHITE, NIGHT, Set.of(SPOTS)),
          new Breed("great_gorvel", BEAR, WHITE, NIGHT, Set.of(MASK, SOCKS)),
          new Breed("hill_gorvel", BEAR, BROWN, BROWN, Set.of()),
          new Breed("harbour_lunk", LOW, GINGER, NIGHT, Set.of(SADDLE)),
          new Breed("tiger_lunk", LOW, CREAM, BROWN, Set.of(STRIPES)),
          new Breed("snow_fennit", FENNEC, CREAM, NIGHT, Set.of(TIPS)),
          new Breed("night_fennit", FENNEC, NIGHT, WHITE, Set.of(TIPS, SOCKS)),
          new Breed("woolly_ollum", SHAGGY, WHITE, BROWN, Set.of(PATCHES)));
}
