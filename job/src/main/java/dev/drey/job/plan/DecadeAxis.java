package dev.drey.job.plan;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.axis.LogarithmicAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** A logarithmic axis with ticks at 1, 2 and 5 times powers of ten, and more on a short axis. */
final class DecadeAxis extends LogarithmicAxis {

  private static final long serialVersionUID = 1L;

  private static final double[] USUAL = {1, 2, 5};
  private static final double[] CLOSE = {1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8};

  /** An axis is short if its upper bound is less than this multiple of its lower bound. */
  private static final double SHORT = 20;

  DecadeAxis(String label, double least, double most) {
    super(label);
    setRange(least, most);
  }

  @Override
  protected List<NumberTick> refreshTicksHorizontal(
      Graphics2D graphics, Rectangle2D area, RectangleEdge edge) {
    return ticks(TextAnchor.TOP_CENTER);
  }

  @Override
  protected List<NumberTick> refreshTicksVertical(
      Graphics2D graphics, Rectangle2D area, RectangleEdge edge) {
    return ticks(TextAnchor.CENTER_RIGHT);
  }

  private List<NumberTick> ticks(TextAnchor anchor) {
    double least = getLowerBound();
    double most = getUpperBound();
    double[] multiples = most / least < SHORT ? CLOSE : USUAL;
    DecimalFormat format =
        new DecimalFormat("#,##0.############", DecimalFormatSymbols.getInstance(Locale.ROOT));
    List<NumberTick> ticks = new ArrayList<>();
    int last = (int) Math.ceil(Math.log10(most));
    for (int power = (int) Math.floor(Math.log10(least)); power <= last; power++) {
      for (double multiple : multiples) {
        double value = multiple * Math.pow(10, power);
        if (value >= least && value <= most) {
          ticks.add(new NumberTick(value, format.format(value), anchor, anchor, 0));
        }
      }
    }
    return ticks;
  }
}
