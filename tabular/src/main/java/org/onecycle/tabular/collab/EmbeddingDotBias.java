package org.onecycle.tabular.collab;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import org.onecycle.io.Exportable;
import org.onecycle.io.Json;
import org.onecycle.io.Spec;
import org.onecycle.nn.Embedding;
import org.onecycle.nn.Init;
import org.onecycle.nn.Initializer;
import org.onecycle.nn.Module;
import org.onecycle.tensor.Tensor;

/**
 * Predicts a rating as the dot product of a user's and an item's vector plus the bias of each:
 * {@code u.i + b_u + b_i}, by a sigmoid within a range if one is given.
 *
 * <p>From INT64 {@code [N, 2]} (user, item) to {@code [N]}. Parameters are named {@code u_weight},
 * {@code i_weight} {@code [n, factors]}, {@code u_bias}, {@code i_bias} {@code [n, 1]}, each with
 * {@code .weight}, as fastai's.
 */
public final class EmbeddingDotBias extends Module implements Exportable {
  private static final double STD = 0.01;

  private final double[] yRange;
  private final Embedding users;
  private final Embedding items;
  private final Embedding userBias;
  private final Embedding itemBias;

  /**
   * Makes the model.
   *
   * @param yRange the bounds of a rating {@code (low, high)}, or null
   */
  public EmbeddingDotBias(int factors, int nUsers, int nItems, double[] yRange) {
    if (yRange != null && (yRange.length != 2 || !(yRange[0] < yRange[1]))) {
      throw new IllegalArgumentException(
          "yRange expects (low, high), got " + Arrays.toString(yRange));
    }
    this.yRange = yRange == null ? null : yRange.clone();
    Initializer small = Init.truncNormal(0, STD);
    users = add("u_weight", new Embedding(nUsers, factors, small));
    items = add("i_weight", new Embedding(nItems, factors, small));
    userBias = add("u_bias", new Embedding(nUsers, 1, small));
    itemBias = add("i_bias", new Embedding(nItems, 1, small));
  }

  /** Returns the vectors {@code [n, factors]} of users or items. */
  public Embedding weight(boolean ofItems) {
    return ofItems ? items : users;
  }

  /** Returns the biases {@code [n, 1]} of users or items. */
  public Embedding bias(boolean ofItems) {
    return ofItems ? itemBias : userBias;
  }

  @Override
  public Spec spec() {
    long[] vectors = users.weight().shape();
    ObjectNode s = Spec.object();
    s.put("factors", vectors[1]).put("users", vectors[0]);
    s.put("items", items.weight().shape()[0]);
    if (yRange != null) {
      s.set("y_range", Json.numbers(yRange));
    }
    return new Spec(CollabExports.DOT, s);
  }

  @Override
  public Tensor forward(Tensor... inputs) {
    if (inputs.length != 1 || inputs[0].rank() != 2 || inputs[0].size(1) != 2) {
      throw new IllegalArgumentException(
          "EmbeddingDotBias expects users and items [N, 2], got "
              + List.of(inputs).stream().map(t -> Arrays.toString(t.shape())).toList());
    }
    long[] pairs = inputs[0].toLongs();
    int n = pairs.length / 2;
    long[] u = new long[n];
    long[] i = new long[n];
    for (int r = 0; r < n; r++) {
      u[r] = pairs[2 * r];
      i[r] = pairs[2 * r + 1];
    }
    Tensor user = Tensor.of(u, n);
    Tensor item = Tensor.of(i, n);
    Tensor dot = users.call(user).mul(items.call(item)).sum(1);
    Tensor res = dot.add(userBias.call(user).reshape(n)).add(itemBias.call(item).reshape(n));
    return yRange == null ? res : res.sigmoid().mul(yRange[1] - yRange[0]).add(yRange[0]);
  }
}
