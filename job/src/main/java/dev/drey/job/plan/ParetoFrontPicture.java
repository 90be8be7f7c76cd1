package dev.drey.job.plan;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import dev.drey.core.plan.Plan;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYPointerAnnotation;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Draws the Pareto front of seconds and dollars, and marks the recommended plan and others. */
final class ParetoFrontPicture {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 560;

  /** Neighbouring points that differ by less than this factor are drawn as one. */
  private static final double APART = 1.002;

  /** With more points than this, the line has no dots. */
  private static final int MOST_DOTS = 100;

  private static final double MARGIN = 1.3;

  private static final Color BLUE = new Color(0x1F, 0x77, 0xB4);
  private static final Color RED = new Color(0xD6, 0x27, 0x28);
  private static final Color GREY = new Color(0x55, 0x55, 0x55);

  private final Recommendation recommendation;
  private final XYSeriesCollection series = new XYSeriesCollection();
  private final XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
  private final XYPlot plot;

  private ParetoFrontPicture(Recommendation recommendation) {
    this.recommendation = recommendation;
    PlanningProblem problem = recommendation.problem();
    String per =
        problem.epochKnown()
            ? "per epoch"
            : String.format(Locale.ROOT, "per %,d examples", problem.workload().examplesPerEpoch());
    this.plot =
        new XYPlot(
            series,
            axis("seconds " + per, Plan::seconds),
            axis("US dollars " + per, Plan::dollars),
            renderer);
  }

  /** The picture as SVG. */
  static byte[] of(Recommendation recommendation) throws IOException {
    ParetoFrontPicture picture = new ParetoFrontPicture(recommendation);
    picture.mark("recommended", recommendation.best(), RED, 14);
    picture.asSpecified().ifPresent(other -> picture.mark(other.name(), other.plan(), GREY, 10));
    picture.line();
    return picture.svg();
  }

  /** The plan of the specification, if it is not the recommended one. */
  private Optional<Recommendation.Other> asSpecified() {
    return recommendation.others().stream()
        .filter(other -> other.name().equals(Recommendation.AS_SPECIFIED))
        .filter(other -> !other.plan().equals(recommendation.best()))
        .findFirst();
  }

  private Stream<Plan> plans() {
    return Stream.concat(
        recommendation.front().stream(), asSpecified().map(Recommendation.Other::plan).stream());
  }

  private ValueAxis axis(String label, ToDoubleFunction<Plan> value) {
    double least = plans().mapToDouble(value).min().orElseThrow();
    double most = plans().mapToDouble(value).max().orElseThrow();
    return new DecadeAxis(label, least / MARGIN, most * MARGIN);
  }

  private void line() {
    XYSeries line = new XYSeries("Pareto front: no plan is both faster and cheaper", false, true);
    List<Plan> front = recommendation.front();
    Plan last = front.get(0);
    for (int i = 0; i < front.size(); i++) {
      Plan plan = front.get(i);
      boolean apart =
          plan.seconds() > APART * last.seconds() || plan.dollars() * APART < last.dollars();
      if (i == 0 || apart || i == front.size() - 1) {
        line.add(plan.seconds(), plan.dollars());
        last = plan;
      }
    }
    series.addSeries(line);
    int index = series.getSeriesCount() - 1;
    renderer.setSeriesPaint(index, BLUE);
    renderer.setSeriesStroke(index, new BasicStroke(2));
    renderer.setSeriesLinesVisible(index, true);
    renderer.setSeriesShape(index, circle(5));
    renderer.setSeriesShapesVisible(index, line.getItemCount() <= MOST_DOTS);
    renderer.setDrawSeriesLineAsPath(true);
  }

  private void mark(String name, Plan plan, Color color, double diameter) {
    XYSeries mark = new XYSeries(name);
    mark.add(plan.seconds(), plan.dollars());
    series.addSeries(mark);
    int index = series.getSeriesCount() - 1;
    renderer.setSeriesPaint(index, color);
    renderer.setSeriesShape(index, circle(diameter));
    String text = "%s: %d x %d MB".formatted(plan.structure(), plan.workers(), plan.memoryMb());
    XYPointerAnnotation label =
        new XYPointerAnnotation(text, plan.seconds(), plan.dollars(), -Math.PI / 4);
    label.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    label.setPaint(color);
    label.setArrowPaint(color);
    label.setTextAnchor(isRight(plan) ? TextAnchor.BOTTOM_RIGHT : TextAnchor.BOTTOM_LEFT);
    plot.addAnnotation(label);
  }

  private boolean isRight(Plan plan) {
    ValueAxis axis = plot.getDomainAxis();
    return plan.seconds() * plan.seconds() > axis.getLowerBound() * axis.getUpperBound();
  }

  private static Ellipse2D circle(double diameter) {
    return new Ellipse2D.Double(-diameter / 2, -diameter / 2, diameter, diameter);
  }

  private byte[] svg() throws IOException {
    plot.setBackgroundPaint(Color.WHITE);
    plot.setDomainGridlinePaint(Color.LIGHT_GRAY);
    plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
    JFreeChart chart =
        new JFreeChart(
            "Time and cost of plans for " + recommendation.problem().name(),
            new Font(Font.SANS_SERIF, Font.BOLD, 16),
            plot,
            true);
    chart.setBackgroundPaint(Color.WHITE);
    chart.addSubtitle(
        new TextTitle(
            "modelled, not measured; recommended: the plan with " + recommendation.goal().words(),
            new Font(Font.SANS_SERIF, Font.PLAIN, 12)));
    VectorGraphics2D graphics = new VectorGraphics2D();
    chart.draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new SVGProcessor()
        .getDocument(graphics.getCommands(), new PageSize(0, 0, WIDTH, HEIGHT))
        .writeTo(out);
    return out.toByteArray();
  }
}
