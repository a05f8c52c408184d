package org.onecycle.vision.augment;

import org.onecycle.array.DType;
import org.onecycle.data.Collatable;
import org.onecycle.data.HostArray;
import org.onecycle.tensor.Tensor;
import org.onecycle.vision.image.Image;

/** A picture that is changed as it is written into its batch. */
record AugmentedImage(Image image, Change change, SampleOptions options) implements Collatable {
  @Override
  public DType dtype() {
    return image.dtype();
  }

  @Override
  public long[] shape() {
    Item item = item();
    return new long[] {item.channels(), item.toHeight(), item.toWidth()};
  }

  @Override
  public void writeTo(HostArray target, int offset) {
    item().picture(Source.of(image), target.floats(), offset, change);
  }

  private Item item() {
    return new Item(image.channels(), image.height(), image.width(), options);
  }

  @Override
  public Object restore(Tensor value) {
    return image.restore(value);
  }
}
