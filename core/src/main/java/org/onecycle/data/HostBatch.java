package org.onecycle.data;

import java.util.List;
import org.onecycle.tensor.Tensor;

/**
 * A batch in plain Java arrays, as a worker thread leaves it.
 *
 * @param arrays one array {@code [N, ...]} per member of the sample, inputs first
 * @param members what the arrays hold
 * @param nInp how many of them are inputs
 * @param indices the items of the batch, by their index in the data set
 */
public record HostBatch(List<HostArray> arrays, List<Member> members, int nInp, int[] indices) {

  /** Makes the tensors, in the calling thread and its scope. */
  public Batch toBatch() {
    Tensor[] tensors = arrays.stream().map(HostArray::toTensor).toArray(Tensor[]::new);
    return new Batch(tensors, nInp, members, indices);
  }
}
