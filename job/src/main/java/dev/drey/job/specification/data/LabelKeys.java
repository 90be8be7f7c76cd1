package dev.drey.job.specification.data;

import dev.drey.core.feature.Label;
import dev.drey.core.feature.Vocabulary;
import dev.drey.core.record.FieldPath;
import dev.drey.job.specification.key.Key;
import dev.drey.job.specification.key.Numbers;
import dev.drey.job.specification.key.Section;
import dev.drey.job.specification.key.Type;
import dev.drey.job.specification.key.Union;
import java.util.List;

/** The kinds of labels, each with its keys. */
final class LabelKeys {

  static final Type<Label> TYPE =
      new Union<>(
          Label.class,
          List.of(
              new Union.Case<>(
                  "number",
                  Label.Numbers.class,
                  numbers(),
                  "values to predict, or a class number from 0; true and false are 1 and 0"),
              new Union.Case<>(
                  "category", Label.Category.class, category(), "a class, by its name"),
              new Union.Case<>(
                  "above", Label.Above.class, above(), "1 if a number is above another, else 0"),
              new Union.Case<>("array", Label.Array.class, array(), "an array of such values")));

  private LabelKeys() {}

  private static Section<Label.Numbers> numbers() {
    Key<Label.Numbers, List<FieldPath>> fields = FeatureKeys.fields(Label.Numbers::fields);
    return new Section<>(List.of(fields), in -> new Label.Numbers(in.get(fields)));
  }

  private static Section<Label.Category> category() {
    Key<Label.Category, FieldPath> field = FeatureKeys.field(Label.Category::field);
    Key<Label.Category, Vocabulary> vocabulary =
        FeatureKeys.vocabulary(
            Label.Category::vocabulary,
            "the classes, in the order of the network's outputs; a record of another goes to the"
                + " dead letters");
    return new Section<>(
        List.of(field, vocabulary), in -> new Label.Category(in.get(field), in.get(vocabulary)));
  }

  private static Section<Label.Above> above() {
    Key<Label.Above, FieldPath> field = FeatureKeys.field(Label.Above::field);
    Key<Label.Above, Double> threshold =
        Key.of(
            "threshold",
            Numbers.decimal("a number", n -> true),
            Label.Above::threshold,
            "the number to compare with");
    return new Section<>(
        List.of(field, threshold), in -> new Label.Above(in.get(field), in.get(threshold)));
  }

  private static Section<Label.Array> array() {
    Key<Label.Array, FieldPath> field = FeatureKeys.field(Label.Array::field);
    Key<Label.Array, Integer> length =
        Key.of("length", Numbers.whole(1, 1_000_000), Label.Array::length, "how many it has");
    return new Section<>(
        List.of(field, length), in -> new Label.Array(in.get(field), in.get(length)));
  }
}
