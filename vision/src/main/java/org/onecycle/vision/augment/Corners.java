package org.onecycle.vision.augment;

/** For each pixel of a row of the result: four source pixels and what each of them weighs. */
final class Corners {
  private final int[][] index;
  private final float[][] weight;

  Corners(int width) {
    index = new int[4][width];
    weight = new float[4][width];
  }

  int size() {
    return index[0].length;
  }

  void set(int i, double x, double y, int width, int height) {
    int x0 = (int) Math.floor(x);
    int y0 = (int) Math.floor(y);
    float fx = (float) (x - x0);
    float fy = (float) (y - y0);
    if (x0 >= 0 && y0 >= 0 && x0 < width - 1 && y0 < height - 1) {
      int at = y0 * width + x0;
      index[0][i] = at;
      index[1][i] = at + 1;
      index[2][i] = at + width;
      index[3][i] = at + width + 1;
      weight[0][i] = (1 - fx) * (1 - fy);
      weight[1][i] = fx * (1 - fy);
      weight[2][i] = (1 - fx) * fy;
      weight[3][i] = fx * fy;
      return;
    }
    for (int k = 0; k < 4; k++) {
      int px = x0 + (k & 1);
      int py = y0 + (k >> 1);
      boolean there = px >= 0 && px < width && py >= 0 && py < height;
      index[k][i] = there ? py * width + px : 0;
      float across = (k & 1) == 0 ? 1 - fx : fx;
      float down = k >> 1 == 0 ? 1 - fy : fy;
      weight[k][i] = there ? across * down : 0;
    }
  }

  /** Writes a row of one channel. */
  void gather(float[] from, int plane, float[] to, int row) {
    int[] i0 = index[0];
    int[] i1 = index[1];
    int[] i2 = index[2];
    int[] i3 = index[3];
    float[] w0 = weight[0];
    float[] w1 = weight[1];
    float[] w2 = weight[2];
    float[] w3 = weight[3];
    for (int i = 0; i < i0.length; i++) {
      to[row + i] =
          w0[i] * from[plane + i0[i]]
              + w1[i] * from[plane + i1[i]]
              + w2[i] * from[plane + i2[i]]
              + w3[i] * from[plane + i3[i]];
    }
  }
}
