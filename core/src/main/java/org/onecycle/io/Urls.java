package org.onecycle.io;

import java.net.URI;

/** Addresses of public data sets; most are those of fastai's {@code URLs}, under its names. */
public final class Urls {
  /** Oxford-IIIT Pets: 7,390 photos of 37 breeds, with trimaps. */
  public static final RemoteFile PETS =
      new RemoteFile(
          URI.create("https://s3.amazonaws.com/fast-ai-imageclas/oxford-iiit-pet.tgz"),
          "",
          811_706_944);

  /** 100 street scenes of CamVid, 128 x 96 pixels, with masks of 32 classes. */
  public static final RemoteFile CAMVID_TINY =
      RemoteFile.of("https://s3.amazonaws.com/fast-ai-sample/camvid_tiny.tgz");

  /** 1,428 handwritten threes and sevens of MNIST. */
  public static final RemoteFile MNIST_TINY =
      RemoteFile.of("https://s3.amazonaws.com/fast-ai-sample/mnist_tiny.tgz");

  /** Adult: 32,561 people of the census of 1994, and whether they earned $50,000 a year. */
  public static final RemoteFile ADULT_SAMPLE =
      RemoteFile.of("https://s3.amazonaws.com/fast-ai-sample/adult_sample.tgz");

  /** Ratings of 100 films by 100 people, from MovieLens. */
  public static final RemoteFile ML_SAMPLE =
      RemoteFile.of("https://s3.amazonaws.com/fast-ai-sample/movie_lens_sample.tgz");

  /** California housing: 20,640 blocks of the census of 1990; scikit-learn's copy. */
  public static final RemoteFile CALIFORNIA_HOUSING =
      new RemoteFile(
          URI.create("https://ndownloader.figshare.com/files/5976036"),
          "aaa5c9a6afe2225cc2aed2723682ae403280c4a3695a2ddda4ffb5d8215ea681",
          -1);

  /** The SMS Spam Collection: 5,574 short messages, 747 of them spam (CC BY 4.0). */
  public static final RemoteFile SMS_SPAM =
      RemoteFile.of("https://archive.ics.uci.edu/static/public/228/sms+spam+collection.zip");

  /** A thousand reviews of films from IMDb, positive and negative. */
  public static final RemoteFile IMDB_SAMPLE =
      RemoteFile.of("https://s3.amazonaws.com/fast-ai-sample/imdb_sample.tgz");

  private Urls() {}
}
