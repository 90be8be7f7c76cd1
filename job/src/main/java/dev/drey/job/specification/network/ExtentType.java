package dev.drey.job.specification.network;

import dev.drey.core.layer.Extent;
import dev.drey.job.specification.key.Numbers;
import dev.drey.job.specification.key.Reading;
import dev.drey.job.specification.key.Type;
import dev.drey.job.specification.key.Yaml;
import java.util.List;
import java.util.Optional;

/**
 * A size in height and width: {@code 3} for both, or {@code [3, 5]}.
 *
 * @param least smallest value of either
 */
record ExtentType(int least) implements Type<Extent> {

  @Override
  public Optional<Extent> read(Yaml yaml, Reading reading) {
    if (yaml instanceof Yaml.Text) {
      return size().read(yaml, reading).map(Extent::square);
    }
    if (yaml instanceof Yaml.Items items && items.items().size() == 2) {
      Optional<Integer> height = size().read(items.items().get(0), reading);
      Optional<Integer> width = size().read(items.items().get(1), reading);
      return height.flatMap(h -> width.map(w -> new Extent(h, w)));
    }
    String shown =
        yaml instanceof Yaml.Items items
            ? "a list of " + items.items().size() + " values"
            : yaml.shown();
    reading.fault(yaml.place(), "is " + shown + ", must be " + expects());
    return Optional.empty();
  }

  private Type<Integer> size() {
    return Numbers.whole(least, Extent.MAX);
  }

  @Override
  public Object write(Extent value) {
    return value.height() == value.width()
        ? (Object) value.height()
        : List.of(value.height(), value.width());
  }

  @Override
  public String expects() {
    return size().expects() + ", or [height, width]";
  }
}
