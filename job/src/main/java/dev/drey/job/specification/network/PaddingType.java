package dev.drey.job.specification.network;

import dev.drey.core.layer.Padding;
import dev.drey.job.specification.key.Reading;
import dev.drey.job.specification.key.Type;
import dev.drey.job.specification.key.Yaml;
import java.util.Optional;

/** Zeros around an image: {@code valid} for none, {@code same}, or their number on either side. */
record PaddingType() implements Type<Padding> {

  private static final String VALID = "valid";

  private static final String SAME = "same";

  private static final ExtentType SIDES = new ExtentType(0);

  @Override
  public Optional<Padding> read(Yaml yaml, Reading reading) {
    if (!(yaml instanceof Yaml.Text text) || text.text().matches("[0-9]+")) {
      return SIDES.read(yaml, reading).map(Padding.Fixed::new);
    }
    return switch (text.text()) {
      case VALID -> Optional.of(Padding.valid());
      case SAME -> Optional.of(new Padding.Same());
      default -> {
        reading.fault(yaml.place(), "is " + yaml.shown() + ", must be " + expects());
        yield Optional.empty();
      }
    };
  }

  @Override
  public Object write(Padding value) {
    if (value.equals(Padding.valid())) {
      return VALID;
    }
    return value.<Object>match(same -> SAME, fixed -> SIDES.write(fixed.extent()));
  }

  @Override
  public String expects() {
    return VALID + ", " + SAME + ", " + SIDES.expects();
  }
}
