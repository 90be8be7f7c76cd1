package dev.drey.job.specification.network;

import dev.drey.core.layer.Activation;
import dev.drey.core.layer.AveragePooling2d;
import dev.drey.core.layer.Conv2d;
import dev.drey.core.layer.Extent;
import dev.drey.core.layer.Initializer;
import dev.drey.core.layer.LayerSpec;
import dev.drey.core.layer.LocalResponseNormalization;
import dev.drey.core.layer.MaxPooling2d;
import dev.drey.core.layer.Padding;
import dev.drey.core.layer.Window;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.Numbers;
import dev.drey.job.specification.key.Section;
import dev.drey.job.specification.key.Type;
import dev.drey.job.specification.key.Union;
import java.util.List;
import java.util.function.Function;

/** The keys of layers whose input is an image, [channels, height, width]. */
final class ImageLayers {

  private static final Type<Extent> EXTENT = new ExtentType(1);

  private static final Type<Float> NOT_NEGATIVE =
      Numbers.single("a number of at least 0", n -> n >= 0);

  static final List<Union.Case<? extends LayerSpec>> CASES =
      List.of(
          LayerKeys.layer(Conv2d.class, conv2d(), "a convolution of [channels, height, width]"),
          LayerKeys.layer(
              MaxPooling2d.class,
              pooling(MaxPooling2d::window, MaxPooling2d::new),
              "the largest value of each channel under a window"),
          LayerKeys.layer(
              AveragePooling2d.class,
              pooling(AveragePooling2d::window, AveragePooling2d::new),
              "the mean of each channel under a window; padding does not count"),
          LayerKeys.layer(
              LocalResponseNormalization.class,
              localResponseNormalization(),
              "x / (k + alpha / size * sum of squares over size channels)^beta, as AlexNet has"
                  + " it"));

  private ImageLayers() {}

  private static Section<Conv2d> conv2d() {
    Key<Conv2d, Integer> filters =
        Key.of("filters", LayerKeys.SIZE, Conv2d::filters, "number of outputs per place");
    Key<Conv2d, Extent> kernel =
        Key.of("kernel", EXTENT, (Conv2d c) -> c.window().kernel(), "size of the window")
            .orElse(Extent.square(3));
    Key<Conv2d, Extent> stride =
        Key.of("stride", EXTENT, (Conv2d c) -> c.window().stride(), "step of the window")
            .orElse(Extent.ONE);
    Key<Conv2d, Padding> padding = padding(Conv2d::window);
    Key<Conv2d, Extent> dilation =
        Key.of(
                "dilation",
                EXTENT,
                (Conv2d c) -> c.window().dilation(),
                "distance between the window's elements; 1: adjacent")
            .orElse(Extent.ONE);
    Key<Conv2d, Activation> activation = LayerKeys.activation(Conv2d::activation);
    Key<Conv2d, Initializer> initializer =
        LayerKeys.initializer(Conv2d::initializer, Initializer.GLOROT_UNIFORM);
    return new Section<>(
        List.of(filters, kernel, stride, padding, dilation, activation, initializer),
        values ->
            new Conv2d(
                values.get(filters),
                new Window(
                    values.get(kernel),
                    values.get(stride),
                    values.get(padding),
                    values.get(dilation)),
                values.get(activation),
                values.get(initializer)));
  }

  private static <R> Section<R> pooling(
      Function<R, Window> window, Function<Window, R> constructor) {
    Key<R, Extent> pool =
        Key.of("pool", EXTENT, (R r) -> window.apply(r).kernel(), "size of the window")
            .orElse(Extent.square(2));
    Key<R, Extent> stride =
        Key.of("stride", EXTENT, (R r) -> window.apply(r).stride(), "step of the window")
            .orElse("as pool", reading -> reading.value(pool));
    Key<R, Padding> padding = padding(window);
    return new Section<>(
        List.of(pool, stride, padding),
        values ->
            constructor.apply(
                new Window(values.get(pool), values.get(stride), values.get(padding))));
  }

  private static <R> Key<R, Padding> padding(Function<R, Window> window) {
    return Key.of(
            "padding",
            new PaddingType(),
            (R r) -> window.apply(r).padding(),
            "around the image: none (valid), as much as makes the output size / stride long,"
                + " rounded up (same), or so much on either side")
        .orElse(Padding.valid());
  }

  private static Section<LocalResponseNormalization> localResponseNormalization() {
    Key<LocalResponseNormalization, Integer> size =
        Key.of(
                "size",
                LayerKeys.SIZE,
                LocalResponseNormalization::size,
                "how many channels are summed, the channel's own in their middle")
            .orElse(5);
    Key<LocalResponseNormalization, Float> alpha =
        Key.of("alpha", NOT_NEGATIVE, LocalResponseNormalization::alpha, "weight of the sum")
            .orElse(1e-4f, "1e-4");
    Key<LocalResponseNormalization, Float> beta =
        Key.of("beta", NOT_NEGATIVE, LocalResponseNormalization::beta, "the power").orElse(0.75f);
    Key<LocalResponseNormalization, Float> k =
        Key.of(
                "k",
                Numbers.single("a number above 0", n -> (float) n > 0),
                LocalResponseNormalization::k,
                "constant added to the sum")
            .orElse(1f);
    return new Section<>(
        List.of(size, alpha, beta, k),
        values ->
            new LocalResponseNormalization(
                values.get(size), values.get(alpha), values.get(beta), values.get(k)));
  }
}
