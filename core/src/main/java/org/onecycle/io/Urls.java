package org.onecycle.io;

import java.net.URI;

/** Addresses of public data sets, as fastai's {@code URLs} has them. */
public final class Urls {
  /** Oxford-IIIT Pets: 7,390 photos of 37 breeds, with trimaps. */
  public static final RemoteFile PETS =
      new RemoteFile(
          URI.create("https://s3.amazonaws.com/fast-ai-imageclas/oxford-iiit-pet.tgz"),
          "",
          811_706_944);

  private Urls() {}
}
