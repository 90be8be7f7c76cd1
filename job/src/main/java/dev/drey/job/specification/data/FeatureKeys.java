package dev.drey.job.specification.data;

import dev.drey.core.feature.ArrayFeature;
import dev.drey.core.feature.CategoryEncoding;
import dev.drey.core.feature.CategoryFeature;
import dev.drey.core.feature.Feature;
import dev.drey.core.feature.Missing;
import dev.drey.core.feature.NumberFeature;
import dev.drey.core.feature.Scaling;
import dev.drey.core.feature.TimeFeature;
import dev.drey.core.feature.Vocabulary;
import dev.drey.core.record.FieldPath;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.ListOf;
import dev.drey.job.specification.key.Maybe;
import dev.drey.job.specification.key.Numbers;
import dev.drey.job.specification.key.OneOrMore;
import dev.drey.job.specification.key.OrWord;
import dev.drey.job.specification.key.Reading;
import dev.drey.job.specification.key.Scalar;
import dev.drey.job.specification.key.Section;
import dev.drey.job.specification.key.Type;
import dev.drey.job.specification.key.Union;
import dev.drey.job.specification.key.Words;
import dev.drey.job.specification.key.Yaml;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The kinds of features, each with its keys. */
final class FeatureKeys {

  /** Largest number of columns of one feature. */
  private static final int MOST = 10_000_000;

  static final Type<FieldPath> FIELD =
      new Scalar<>("a field's name, as flight.delay", FeatureKeys::path, FieldPath::text);

  static final Type<List<FieldPath>> FIELDS = new OneOrMore<>("names", FIELD);

  private static final Type<Vocabulary> VOCABULARY = vocabulary();

  static final Type<Feature> TYPE =
      new Union<>(
          Feature.class,
          List.of(
              new Union.Case<>(
                  "number", NumberFeature.class, number(), "a number of each of the fields"),
              new Union.Case<>(
                  "category",
                  CategoryFeature.class,
                  category(),
                  "a word of each field, one-hot encoded"),
              new Union.Case<>("array", ArrayFeature.class, array(), "the numbers of an array"),
              new Union.Case<>(
                  "time",
                  TimeFeature.class,
                  time(),
                  "parts of a time, each as sine and cosine of its angle on a circle")));

  private FeatureKeys() {}

  static <R> Key<R, List<FieldPath>> fields(Function<R, List<FieldPath>> component) {
    return Key.of("field", FIELDS, component, "its name, or a list of names treated alike");
  }

  static <R> Key<R, FieldPath> field(Function<R, FieldPath> component) {
    return Key.of("field", FIELD, component, "its name; names within each other joined by dots");
  }

  static <R> Key<R, Vocabulary> vocabulary(Function<R, Vocabulary> component, String meaning) {
    return Key.of("vocabulary", VOCABULARY, component, meaning);
  }

  private static Section<NumberFeature> number() {
    Key<NumberFeature, List<FieldPath>> fields = fields(NumberFeature::fields);
    Key<NumberFeature, Scaling> scale =
        FeatureKeys.<NumberFeature>scale(NumberFeature::scaling).orElse(new Scaling.Standard());
    Key<NumberFeature, Optional<Double>> clip = clip(NumberFeature::clip);
    Key<NumberFeature, Missing> missing = missing(NumberFeature::missing);
    return new Section<>(
        List.of(fields, scale, clip, missing),
        in ->
            new NumberFeature(
                in.get(fields), in.get(scale), unclipped(in.get(clip)), in.get(missing)));
  }

  private static Section<ArrayFeature> array() {
    Key<ArrayFeature, FieldPath> field = field(ArrayFeature::field);
    Key<ArrayFeature, Integer> length =
        Key.of("length", Numbers.whole(1, MOST), ArrayFeature::length, "how many numbers it has");
    Key<ArrayFeature, Scaling> scale =
        FeatureKeys.<ArrayFeature>scale(ArrayFeature::scaling).orElse(new Scaling.None());
    Key<ArrayFeature, Optional<Double>> clip = clip(ArrayFeature::clip);
    Key<ArrayFeature, Missing> missing = missing(ArrayFeature::missing);
    return new Section<>(
        List.of(field, length, scale, clip, missing),
        in ->
            new ArrayFeature(
                in.get(field),
                in.get(length),
                in.get(scale),
                unclipped(in.get(clip)),
                in.get(missing)));
  }

  private static Section<CategoryFeature> category() {
    Key<CategoryFeature, List<FieldPath>> fields = fields(CategoryFeature::fields);
    Key<CategoryFeature, Optional<Vocabulary>> vocabulary =
        Key.of(
                "vocabulary",
                new Maybe<>(VOCABULARY),
                (CategoryFeature c) ->
                    c.encoding()
                        .match(words -> Optional.of(words.vocabulary()), b -> Optional.empty()),
                "the words: one column each, and one column for all other words")
            .orElse(Optional.empty(), "needed without buckets");
    Key<CategoryFeature, Optional<Integer>> buckets =
        Key.of(
                "buckets",
                new Maybe<>(Numbers.whole(1, MOST)),
                (CategoryFeature c) ->
                    c.encoding().match(words -> Optional.empty(), b -> Optional.of(b.count())),
                "instead of a vocabulary: number of columns for all words, chosen by hash")
            .orElse(Optional.empty(), "none");
    Key<CategoryFeature, Boolean> signed =
        Key.of(
                "signed",
                Words.trueOrFalse(),
                (CategoryFeature c) ->
                    c.encoding().match(words -> false, CategoryEncoding.HashBuckets::signed),
                "with buckets: half of the words, by hash, give -1 instead of 1")
            .orElse(false);
    Key<CategoryFeature, CategoryFeature.MissingWord> missing =
        Key.of(
                "missing",
                Words.of(CategoryFeature.MissingWord.class),
                CategoryFeature::missing,
                "for a missing word: other (the vocabulary's last column; with buckets all zeros),"
                    + " or reject (the record becomes a dead letter)")
            .orElse(CategoryFeature.MissingWord.OTHER);
    return new Section<CategoryFeature>(
            List.of(fields, vocabulary, buckets, signed, missing),
            in ->
                new CategoryFeature(
                    in.get(fields),
                    in.get(vocabulary)
                        .<CategoryEncoding>map(CategoryEncoding.OneHot::new)
                        .orElseGet(
                            () ->
                                new CategoryEncoding.HashBuckets(
                                    in.get(buckets).orElseThrow(), in.get(signed))),
                    in.get(missing)))
        .check(
            reading -> {
              boolean words = reading.isGiven(vocabulary);
              if (words == reading.isGiven(buckets)) {
                reading.fault(
                    vocabulary,
                    words
                        ? "is given beside buckets, give one of them"
                        : "is missing, must be a list of words; or give buckets");
              }
              if (words && reading.value(signed).orElse(false)) {
                reading.fault(signed, "is true, must be left out: there are no buckets");
              }
            });
  }

  private static Section<TimeFeature> time() {
    Key<TimeFeature, FieldPath> field = field(TimeFeature::field);
    Key<TimeFeature, List<TimeFeature.Part>> parts =
        Key.of(
            "parts",
            new OneOrMore<>("parts", Words.of(TimeFeature.Part.class)),
            TimeFeature::parts,
            "of a time as 2001-01-31T23:15, or milliseconds since 1970 in UTC");
    return new Section<>(
        List.of(field, parts), in -> new TimeFeature(in.get(field), in.get(parts)));
  }

  private static <R> Key<R, Scaling> scale(Function<R, Scaling> component) {
    return Key.of("scale", ScalingType.TYPE, component, "how it is scaled");
  }

  private static <R> Key<R, Optional<Double>> clip(Function<R, Double> component) {
    return Key.of(
            "clip",
            new OrWord<>(Numbers.decimal("a number above 0", c -> c > 0), "none"),
            (R feature) -> Optional.of(component.apply(feature)).filter(c -> !c.isInfinite()),
            "largest absolute value after scaling; larger values are cut to it")
        .orElse(Optional.empty());
  }

  private static double unclipped(Optional<Double> clip) {
    return clip.orElse(Double.POSITIVE_INFINITY);
  }

  private static <R> Key<R, Missing> missing(Function<R, Missing> component) {
    return Key.of(
            "missing",
            new MissingType(),
            component,
            "value for a missing number: reject (the record becomes a dead letter), mean (the"
                + " running mean), indicator (the mean, and a further column that is 1), or a"
                + " number")
        .orElse(new Missing.Reject());
  }

  private static Type<Vocabulary> vocabulary() {
    ListOf<String> words =
        new ListOf<>("words", Words.matching("a word", Pattern.compile("(?s).{1,1000}")));
    return new Type<>() {
      @Override
      public Optional<Vocabulary> read(Yaml yaml, Reading reading) {
        return words
            .read(yaml, reading)
            .flatMap(
                list -> {
                  try {
                    return Optional.of(new Vocabulary(list));
                  } catch (IllegalArgumentException e) {
                    reading.fault(yaml.place(), String.valueOf(e.getMessage()));
                    return Optional.empty();
                  }
                });
      }

      @Override
      public Object write(Vocabulary value) {
        return value.words();
      }

      @Override
      public String expects() {
        return words.expects();
      }
    };
  }

  private static Optional<FieldPath> path(String text) {
    try {
      return Optional.of(new FieldPath(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
