package dev.drey.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What both detectors have to do. */
class DriftDetectorTest {

  static Stream<DriftDetector.Settings> detectors() {
    return Stream.of(Adwin.Settings.DEFAULT, PageHinkley.Settings.DEFAULT);
  }

  @ParameterizedTest
  @MethodSource("detectors")
  void tellsWhereAndHowMuchTheErrorRose(DriftDetector.Settings settings) {
    for (int seed = 0; seed < 50; seed++) {
      Errors errors = new Errors(seed);
      DriftDetector detector = settings.open(null);
      for (int i = 0; i < 500; i++) {
        assertThat(detector.add(errors.next(0.2))).as("calm, seed %d", seed).isEmpty();
      }

      int seen = 0;
      Optional<Shift> shift = Optional.empty();
      while (shift.isEmpty()) {
        shift = detector.add(errors.next(0.6));
        seen++;
      }

      assertThat(seen).as("values until it is found").isLessThanOrEqualTo(24);
      assertThat(shift.get().rises()).isTrue();
      assertThat(shift.get().before()).isBetween(0.18, 0.22);
      assertThat(shift.get().after()).isBetween(0.3, 0.7);
      assertThat(shift.get().since())
          .as("the change was %d values ago", seen)
          .isBetween((long) seen, seen + 32L);
    }
  }

  @ParameterizedTest
  @MethodSource("detectors")
  void aFallIsToldApart(DriftDetector.Settings settings) {
    for (int seed = 0; seed < 50; seed++) {
      Errors errors = new Errors(seed);
      DriftDetector detector = settings.open(null);
      List<Shift> shifts = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        detector.add(errors.next(i < 500 ? 0.6 : 0.2)).ifPresent(shifts::add);
      }

      assertThat(shifts).isNotEmpty().noneMatch(Shift::rises);
    }
  }

  @ParameterizedTest
  @MethodSource("detectors")
  void anErrorThatTrainingBringsDownIsNoDrift(DriftDetector.Settings settings) {
    for (int seed = 0; seed < 50; seed++) {
      Errors errors = new Errors(seed);
      DriftDetector detector = settings.open(null);
      for (int i = 0; i < 2000; i++) {
        Optional<Shift> shift = detector.add(errors.next(0.1 + 0.8 * Math.exp(-i / 300.0)));
        assertThat(shift.filter(Shift::rises)).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("detectors")
  void falseAlarmsOnCalmStreamsStayBelowTheBound(DriftDetector.Settings settings) {
    int alarms = 0;
    int values = 0;
    for (int seed = 0; seed < 200; seed++) {
      Errors errors = new Errors(1000 + seed);
      DriftDetector detector = settings.open(null);
      double rate = 0.05 + 0.9 * (seed % 20) / 20;
      for (int i = 0; i < 1000; i++, values++) {
        alarms += detector.add(errors.next(rate)).isPresent() ? 1 : 0;
      }
    }

    // ADWIN promises at most delta = 0.002 per value, 400 here. What it does is far below.
    assertThat(alarms).isLessThanOrEqualTo(values / 20_000);
  }

  @ParameterizedTest
  @MethodSource("detectors")
  void goesOnFromItsBytes(DriftDetector.Settings settings) {
    Errors errors = new Errors(7);
    DriftDetector through = settings.open(null);
    DriftDetector restored = settings.open(null);
    int shifts = 0;
    for (int i = 0; i < 1500; i++) {
      double value = errors.next(i / 300 % 2 == 0 ? 0.1 : 0.4);
      Optional<Shift> shift = through.add(value);
      assertThat(restored.add(value)).isEqualTo(shift);
      shifts += shift.isPresent() ? 1 : 0;
      restored = settings.open(restored.toBytes());
    }

    assertThat(shifts).isGreaterThanOrEqualTo(4);
    assertThat(restored.toBytes()).isEqualTo(through.toBytes());
  }

  @Test
  void theStateOfAnotherDetectorIsOfNoUse() {
    byte[] state = Adwin.Settings.DEFAULT.open(null).toBytes();

    assertThat(PageHinkley.Settings.DEFAULT.open(state).toBytes())
        .isEqualTo(PageHinkley.Settings.DEFAULT.open(null).toBytes());
  }

  @ParameterizedTest
  @MethodSource("detectors")
  void stateOfAnotherVersionIsRefused(DriftDetector.Settings settings) {
    byte[] state = settings.open(null).toBytes();
    state[0] = 9;

    assertThatThrownBy(() -> settings.open(state)).hasMessageContaining("version 9");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void valuesThatAreNoErrorAreRefused(double value) {
    assertThat(detectors())
        .allSatisfy(
            settings ->
                assertThatThrownBy(() -> settings.open(null).add(value))
                    .hasMessageContaining("must be in [0, 1]"));
  }
}
