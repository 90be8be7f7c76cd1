package dev.drey.worker.layer;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas.cblas_sgemv;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A C-order matrix for BLAS: the memory of an ND4J array, seen as [rows, columns]. It calls the
 * very BLAS that ND4J calls, but without an ND4J op around it, which costs more than a small
 * product (14 us against 1 us).
 */
final class BlasMatrix {

  private static final int NARROW = 16;
  private static final int PART = 64;
  private static final int SMALL_PRODUCT = 1_000_000; // multiplications, OpenBLAS's limit

  private final INDArray array; // keeps the memory alive
  private final FloatPointer memory;
  private final FloatBuffer values;
  private final int rows;
  private final int columns;
  private final int stride; // from one row to the next

  private BlasMatrix(INDArray array, int rows, int columns) {
    values = HostMemory.of(array);
    if (array.length() != (long) rows * columns) {
      throw new IllegalArgumentException(
          "array of "
              + array.length()
              + " values, a "
              + rows
              + " x "
              + columns
              + " matrix needs "
              + (long) rows * columns);
    }
    this.array = array;
    this.memory = (FloatPointer) array.data().addressPointer();
    this.rows = rows;
    this.columns = columns;
    this.stride = columns;
  }

  private BlasMatrix(BlasMatrix whole, int from, int rows, int columns) {
    this.array = whole.array;
    this.memory = whole.memory.getPointer(from);
    this.values = whole.values.slice(from, (rows - 1) * whole.stride + columns);
    this.rows = rows;
    this.columns = columns;
    this.stride = whole.stride;
  }

  /** The array as a matrix of this many rows. */
  static BlasMatrix of(INDArray array, int rows) {
    return new BlasMatrix(array, rows, (int) (array.length() / rows));
  }

  /** Part of a flat array as a matrix in C order. */
  static BlasMatrix of(INDArray flat, int from, int rows, int columns) {
    return new BlasMatrix(
        flat.get(NDArrayIndex.interval(from, from + (long) rows * columns)), rows, columns);
  }

  /** New memory, all zero. */
  static BlasMatrix zeros(int rows, int columns) {
    return of(Nd4j.create(DataType.FLOAT, rows, columns), rows);
  }

  /** A column of ones. */
  static BlasMatrix ones(int rows) {
    return of(Nd4j.ones(DataType.FLOAT, rows), rows);
  }

  /** Some of its rows, in the same memory. */
  BlasMatrix rows(int from, int count) {
    return block(from, count, 0, columns);
  }

  /** All rows of some of its columns, in the same memory. */
  BlasMatrix columns(int from, int count) {
    return block(0, rows, from, count);
  }

  /** Some of its rows and columns, in the same memory. */
  BlasMatrix block(int fromRow, int rowCount, int fromColumn, int columnCount) {
    if (fromRow < 0
        || fromRow + rowCount > rows
        || fromColumn < 0
        || fromColumn + columnCount > columns) {
      throw new IndexOutOfBoundsException(
          "block of %d x %d at (%d, %d) of a %d x %d matrix"
              .formatted(rowCount, columnCount, fromRow, fromColumn, rows, columns));
    }
    return new BlasMatrix(this, fromRow * stride + fromColumn, rowCount, columnCount);
  }

  /** Its memory, row after row; of whole rows only. */
  FloatBuffer buffer() {
    if (stride != columns) {
      throw new IllegalStateException("the rows of a block do not follow each other");
    }
    return values;
  }

  /** this = a b. */
  void product(BlasMatrix a, BlasMatrix b) {
    gemm(a, b, CblasNoTrans, a.columns, 0);
  }

  /** this += a b. */
  void addProduct(BlasMatrix a, BlasMatrix b) {
    gemm(a, b, CblasNoTrans, a.columns, 1);
  }

  /** this = a b', with b' the transpose. */
  void productWithTransposed(BlasMatrix a, BlasMatrix b) {
    productWithTransposed(a, b, 0);
  }

  /** this = a b' + keep * this. */
  void productWithTransposed(BlasMatrix a, BlasMatrix b, float keep) {
    gemm(a, b, CblasTrans, a.columns, keep);
  }

  /**
   * this = a' b + keep * this, with a' the transpose. A narrow product over many rows is added up
   * in parts that are small enough for OpenBLAS to read the factors without copying them (with
   * AVX-512; 139 us instead of 242 for 512 rows of 784 and 10), and no slower where it cannot.
   */
  void transposedProduct(BlasMatrix a, BlasMatrix b, float keep) {
    boolean narrow = columns <= NARROW && (long) rows * columns * PART <= SMALL_PRODUCT;
    int part = narrow ? PART : a.rows;
    for (int from = 0; from < a.rows; from += part) {
      cblas_sgemm(
          CblasRowMajor,
          CblasTrans,
          CblasNoTrans,
          rows,
          columns,
          Math.min(part, a.rows - from),
          1,
          a.row(from),
          a.stride,
          b.row(from),
          b.stride,
          from == 0 ? keep : 1,
          memory,
          stride);
    }
  }

  private FloatPointer row(int row) {
    return row == 0 ? memory : memory.getPointer((long) row * stride);
  }

  /** Sets all values to 0; of whole rows only. */
  void clear() {
    memory.getPointer(0).capacity(buffer().capacity()).zero();
  }

  /**
   * Sets every row to {@code row}. Adding a product to a bias that is set first costs less than
   * adding the bias to the product.
   */
  void fillRows(BlasMatrix row) {
    float[] block = new float[Math.min(rows, Math.max(1, HostMemory.BLOCK / columns)) * columns];
    for (int from = 0; from < block.length; from += columns) {
      row.values.get(0, block, from, columns);
    }
    for (int from = 0; from < values.capacity(); from += block.length) {
      values.put(from, block, 0, Math.min(block.length, values.capacity() - from));
    }
  }

  /** Writes the sums of this matrix's columns, plus keep * target, to the vector target. */
  void sumRowsInto(BlasMatrix target, BlasMatrix ones, float keep) {
    cblas_sgemv(
        CblasRowMajor,
        CblasTrans,
        rows,
        columns,
        1,
        memory,
        stride,
        ones.memory,
        1,
        keep,
        target.memory,
        1);
  }

  INDArray array() {
    return array;
  }

  private void gemm(BlasMatrix a, BlasMatrix b, int transB, int inner, float keep) {
    cblas_sgemm(
        CblasRowMajor,
        CblasNoTrans,
        transB,
        rows,
        columns,
        inner,
        1,
        a.memory,
        a.stride,
        b.memory,
        b.stride,
        keep,
        memory,
        stride);
  }
}
