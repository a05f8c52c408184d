package org.onecycle.vision.augment;

import org.onecycle.array.DType;
import org.onecycle.data.Collatable;
import org.onecycle.data.HostArray;
import org.onecycle.tensor.Tensor;
import org.onecycle.vision.image.Mask;

/** A mask that is changed as it is written into its batch. */
record AugmentedMask(Mask mask, Change change, SampleOptions options) implements Collatable {
  @Override
  public DType dtype() {
    return mask.dtype();
  }

  @Override
  public long[] shape() {
    Item item = item();
    return new long[] {item.toHeight(), item.toWidth()};
  }

  @Override
  public void writeTo(HostArray target, int offset) {
    HostArray codes = HostArray.zeros(dtype(), mask.shape());
    mask.writeTo(codes, 0);
    item().nearest(codes.longs(), 0, target.longs(), offset, change);
  }

  private Item item() {
    return new Item(1, mask.height(), mask.width(), options);
  }

  @Override
  public Object restore(Tensor value) {
    return mask.restore(value);
  }
}
