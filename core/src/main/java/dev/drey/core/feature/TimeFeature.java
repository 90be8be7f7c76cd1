package dev.drey.core.feature;

import dev.drey.core.record.Excerpt;
import dev.drey.core.record.FieldPath;
import dev.drey.core.record.FieldValue;
import dev.drey.core.record.Fields;
import dev.drey.core.stream.RejectedRecordException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

/**
 * Cyclic encoding of parts of a time: each as the sine and cosine of its angle on a circle, so that
 * 23 h is near 0 h. The time is ISO 8601 text such as 2001-01-31T23:15 (local time, or the time at
 * its own offset), or a number of milliseconds since 1970 (UTC).
 *
 * @param field of the time
 * @param parts at least one; two columns each
 */
public record TimeFeature(FieldPath field, List<Part> parts) implements Feature {

  private static final long serialVersionUID = 1L;

  private static final int SECONDS_OF_A_DAY = 86_400;
  private static final int MOST_LENGTH = 40;

  /** Parts of a time. */
  public enum Part {
    /** Time of the day, to the second. */
    HOUR {
      @Override
      double turn(LocalDateTime time) {
        return time.toLocalTime().toSecondOfDay() / (double) SECONDS_OF_A_DAY;
      }
    },
    /** Day of the week, from Monday. */
    WEEKDAY {
      @Override
      double turn(LocalDateTime time) {
        return (time.getDayOfWeek().getValue() - 1) / 7.0;
      }
    },
    /** Month of the year. */
    MONTH {
      @Override
      double turn(LocalDateTime time) {
        return (time.getMonthValue() - 1) / 12.0;
      }
    };

    /** The position on the circle, in [0, 1). */
    abstract double turn(LocalDateTime time);
  }

  public TimeFeature {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("names no parts, must name at least one");
    }
  }

  @Override
  public int width() {
    return 2 * parts.size();
  }

  @Override
  public List<FieldPath> fields() {
    return List.of(field);
  }

  @Override
  public void read(Fields record, double[] raw, int at) throws RejectedRecordException {
    LocalDateTime time = time(record.get(field));
    for (int i = 0; i < parts.size(); i++) {
      double angle = 2 * Math.PI * parts.get(i).turn(time);
      raw[at + 2 * i] = StrictMath.sin(angle); // the same bits on every machine
      raw[at + 2 * i + 1] = StrictMath.cos(angle);
    }
  }

  @Override
  public <R> R match(
      Function<NumberFeature, R> number,
      Function<ArrayFeature, R> array,
      Function<CategoryFeature, R> category,
      Function<TimeFeature, R> time) {
    return time.apply(this);
  }

  private LocalDateTime time(FieldValue value) throws RejectedRecordException {
    if (value instanceof FieldValue.Missing) {
      throw new RejectedRecordException("field " + field + " is missing");
    }
    try {
      if (value instanceof FieldValue.Text text) {
        return parse(text.text().strip());
      }
      long millis = (long) FieldReader.number(value, field);
      return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new RejectedRecordException(
          "field "
              + field
              + " is "
              + Excerpt.of(value.shown())
              + ", must be a time as 2001-01-31T23:15 or milliseconds since 1970");
    }
  }

  private static LocalDateTime parse(String text) {
    String iso = text.length() > 10 && text.charAt(10) == ' ' ? text.replace(' ', 'T') : text;
    if (iso.length() > MOST_LENGTH) {
      throw new DateTimeException("too long");
    }
    boolean offset = iso.endsWith("Z") || iso.lastIndexOf('+') > 10 || iso.lastIndexOf('-') > 10;
    return offset ? OffsetDateTime.parse(iso).toLocalDateTime() : LocalDateTime.parse(iso);
  }
}
