package org.onecycle.tabular;

import java.util.ArrayList;
import java.util.List;
import org.onecycle.array.DType;
import org.onecycle.data.BatchSource;
import org.onecycle.data.Category;
import org.onecycle.data.HostArray;
import org.onecycle.data.HostBatch;
import org.onecycle.data.Member;
import org.onecycle.data.RowSource;
import org.onecycle.data.Sampler;
import org.onecycle.data.Split;
import org.onecycle.tensor.Rng;

/** Gathers from the matrices of {@link Rows}; what is a category is known as one. */
final class TabularSource implements BatchSource {
  private final BatchSource gathers;
  private final List<Member> members;

  private TabularSource(BatchSource gathers, List<Member> members) {
    this.gathers = gathers;
    this.members = members;
  }

  static TabularSource of(Split split, int bs, Rows rows) {
    boolean train = split == Split.TRAIN;
    HostArray[] arrays = rows.arrays();
    List<Member> members = new ArrayList<>();
    for (HostArray a : arrays) {
      boolean category = a == rows.y() && a.dtype() == DType.INT64;
      members.add(category ? new Member(Category.class, new Category(0)) : member(a));
    }
    Sampler sampler = Sampler.of(rows.count(), bs, train, train);
    return new TabularSource(RowSource.of(split, sampler, rows.inputs(), arrays), members);
  }

  private static Member member(HostArray a) {
    return new Member(HostArray.class, HostArray.zeros(a.dtype()));
  }

  @Override
  public int size() {
    return gathers.size();
  }

  @Override
  public int itemCount() {
    return gathers.itemCount();
  }

  @Override
  public Split split() {
    return gathers.split();
  }

  @Override
  public BatchSource complete() {
    return new TabularSource(gathers.complete(), members);
  }

  @Override
  public Epoch epoch(Rng rng) {
    Epoch epoch = gathers.epoch(rng);
    return (batch, rngs) -> {
      HostBatch b = epoch.read(batch, rngs);
      return new HostBatch(b.arrays(), members, b.nInp(), b.indices());
    };
  }
}
