//! Tables as pictures: bars where there is one column, lines where there are several. Both axes of lines are logarithmic.

use std::path::Path;

use plotters::coord::combinators::LogCoord;
use plotters::prelude::*;

use crate::measure::{Row, Table};

type Drawn = Result<(), Box<dyn std::error::Error>>;

const WIDTH: u32 = 900;
const FONT: &str = "sans-serif";
/// Colours that are told apart, also by those who see fewer (Okabe and Ito).
const COLORS: [RGBColor; 8] = [
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(86, 180, 233),
    RGBColor(230, 159, 0),
    RGBColor(0, 0, 0),
    RGBColor(150, 150, 150),
];

/// Writes the plot of a table into a folder.
pub fn write(table: &Table, folder: &Path) {
    let path = folder.join(table.name).with_extension("svg");
    let drawn = match table.columns.is_empty() {
        true => bars(table, &path),
        false => lines(table, &path),
    };
    drawn.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// The next power of ten below and above all.
fn range(values: impl Iterator<Item = f64> + Clone) -> std::ops::Range<f64> {
    let least = values.clone().fold(f64::INFINITY, f64::min);
    let most = values.fold(0.0, f64::max);
    10_f64.powf(least.log10().floor())..10_f64.powf(most.log10().ceil())
}

fn number(value: &f64) -> String {
    match value.abs() {
        big if big >= 1.0 => format!("{value:.0}"),
        _ => format!("{value}"),
    }
}

fn bars(table: &Table, path: &Path) -> Drawn {
    let rows: Vec<&Row> = table.rows.iter().collect();
    let value = |row: &Row| row.cells[0].least() / table.per;
    let height = 90 + 26 * rows.len() as u32;
    let root = SVGBackend::new(path, (WIDTH, height)).into_drawing_area();
    root.fill(&WHITE)?;
    let root = root.titled(&table.title, (FONT, 20))?;
    // Names stand in a column of their own.
    let (names, area) = root.split_horizontally(330);
    let scale: LogCoord<f64> = range(rows.iter().map(|row| value(row))).log_scale().into();
    let least = range(rows.iter().map(|row| value(row))).start;
    let mut chart = ChartBuilder::on(&area)
        .margin_right(70)
        .x_label_area_size(40)
        .build_cartesian_2d(scale, 0.0..rows.len() as f64)?;
    chart
        .configure_mesh()
        .disable_y_mesh()
        .disable_y_axis()
        .light_line_style(TRANSPARENT)
        .x_desc(format!("{}, least; less is better", table.unit))
        .x_label_formatter(&number)
        .label_style((FONT, 13))
        .draw()?;
    for (index, row) in rows.iter().enumerate() {
        let at = (rows.len() - 1 - index) as f64;
        let color = match row.name.starts_with("midair") {
            true => COLORS[1],
            false => COLORS[0],
        };
        let corners = [(least, at + 0.2), (value(row), at + 0.8)];
        chart.draw_series([Rectangle::new(corners, color.filled())])?;
        let text = format!(" {:.2}", value(row));
        let place = (value(row), at + 0.68);
        chart.draw_series([Text::new(text, place, (FONT, 13))])?;
        let (_, y) = chart.backend_coord(&(least, at + 0.68));
        let (_, top) = names.get_base_pixel();
        let text = Text::new(row.name.clone(), (8, y - top), (FONT, 13));
        names.draw(&text)?;
    }
    root.present()?;
    Ok(())
}

fn lines(table: &Table, path: &Path) -> Drawn {
    let cells = table.rows.iter().flat_map(|row| &row.cells);
    let values = cells.map(|cell| cell.least() / table.per);
    let values = values.filter(|value| value.is_finite());
    let (first, last) = (table.columns[0], table.columns[table.columns.len() - 1]);
    let root = SVGBackend::new(path, (WIDTH, 480)).into_drawing_area();
    root.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&root)
        .caption(&table.title, (FONT, 20))
        .margin(10)
        .margin_right(30)
        .x_label_area_size(40)
        .y_label_area_size(70)
        .build_cartesian_2d((first..last).log_scale(), range(values).log_scale())?;
    chart
        .configure_mesh()
        .light_line_style(TRANSPARENT)
        .x_desc(table.axis)
        .y_desc(format!("{}, least; less is better", table.unit))
        .x_label_formatter(&number)
        .y_label_formatter(&number)
        .label_style((FONT, 13))
        .draw()?;
    for (index, row) in table.rows.iter().enumerate() {
        let color = COLORS[index % COLORS.len()];
        let width = if row.name.starts_with("midair") { 3 } else { 1 };
        let points: Vec<(f64, f64)> = table
            .columns
            .iter()
            .zip(&row.cells)
            .map(|(&x, cell)| (x, cell.least() / table.per))
            .filter(|(_, y)| y.is_finite())
            .collect();
        let line = LineSeries::new(points.clone(), color.stroke_width(width));
        let drawn = chart.draw_series(line)?.label(&row.name);
        drawn.legend(move |(x, y)| {
            PathElement::new([(x, y), (x + 20, y)], color.stroke_width(width))
        });
        let dots = points
            .into_iter()
            .map(|at| Circle::new(at, 3, color.filled()));
        chart.draw_series(dots)?;
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperLeft)
        .background_style(WHITE.mix(0.8))
        .border_style(BLACK.mix(0.2))
        .label_font((FONT, 12))
        .draw()?;
    root.present()?;
    Ok(())
}
