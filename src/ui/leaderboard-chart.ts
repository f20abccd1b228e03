import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
  type ChartConfiguration,
  type Plugin,
} from 'chart.js';
import { rowName, type LeaderboardRow, type Modality } from './leaderboard';

Chart.register(
  ...[BarController, BarElement, LineController, LineElement, PointElement],
  ...[CategoryScale, LinearScale, Tooltip],
);

/** How the chart is painted: CSS colours and a font that a canvas understands. */
export interface ChartLook {
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly strong: string;
  readonly mark: string;
  readonly paper: string;
  readonly family: string;
  /** Size of small text in CSS pixels. */
  readonly fontPixels: number;
}

/** A value on the way to the last one: a hollow mark, joined to the filled one by a line. */
export interface ChartSeries {
  readonly name: string;
  /** One value a row, null where there is none. */
  readonly values: readonly (number | null)[];
}

export interface ChartContent {
  readonly rows: readonly LeaderboardRow[];
  /** One series, drawn from zero, or two, drawn as a pair. */
  readonly series: readonly [ChartSeries] | readonly [ChartSeries, ChartSeries];
  readonly digits: number;
}

/** The shape of a mark says what the model is given, so that nobody needs its colour. */
export const shapes = { V: 'circle', 'A+V': 'rectRot', none: 'triangle' } as const;
const shapeOf = (modality: Modality) => shapes[modality ?? 'none'];

/** Draws onto `canvas`, which must lie alone in a positioned box; returns a handle to take it away. */
export function drawLeaderboard(
  canvas: HTMLCanvasElement,
  content: ChartContent,
  look: ChartLook,
): { destroy(): void } {
  return new Chart(canvas, configure(content, look));
}

type Config = ChartConfiguration<'bar' | 'line', (number | [number, number] | null)[], string>;

function configure({ rows, series, digits }: ChartContent, look: ChartLook): Config {
  const last = series.at(-1)!;
  const spans = last.values.map((end, at): [number, number] | null => {
    const start = series.length === 2 ? (series[0].values[at] ?? null) : 0;
    return start === null || end === null ? null : [start, end];
  });
  const isPaper = rows.map(({ role }) => role === 'paper');
  const points = rows.map(({ modality }) => shapeOf(modality));
  const fills = (values: ChartSeries['values']): string[] =>
    isPaper.map((own) => (values !== last.values ? look.paper : own ? look.mark : look.ink));
  const marks = series.map(({ name, values }) => ({
    type: 'line' as const,
    label: name,
    data: [...values],
    indexAxis: 'y' as const,
    showLine: false,
    pointStyle: points,
    pointRadius: rows.map(({ modality }) => (modality === 'V' ? 0.36 : 0.44) * look.fontPixels),
    pointHoverRadius: 0.6 * look.fontPixels,
    pointHitRadius: look.fontPixels,
    pointBorderWidth: 1.75,
    borderColor: look.ink,
    pointBorderColor: look.ink,
    pointBackgroundColor: fills(values),
    pointHoverBackgroundColor: fills(values),
    pointHoverBorderColor: look.ink,
  }));
  const labels = rows.map(({ model, isLater }) => rowName(model) + (isLater ? ' †' : ''));
  const font = { family: look.family, size: look.fontPixels };
  return {
    type: 'bar',
    data: {
      labels,
      datasets: [
        ...marks.toReversed(),
        {
          type: 'bar',
          label: '',
          data: spans,
          barThickness: isPaper.map((own) => (own ? 7 : 2)) as unknown as number,
          backgroundColor: isPaper.map((own) => (own ? look.mark : look.strong)),
        },
      ],
    },
    options: {
      indexAxis: 'y',
      responsive: true,
      maintainAspectRatio: false,
      animation: false,
      layout: { padding: { right: look.fontPixels * 3.2 } },
      interaction: { mode: 'index', axis: 'y', intersect: false },
      plugins: {
        tooltip: {
          filter: ({ dataset }) => dataset.type !== 'bar',
          itemSort: (a, b) => b.datasetIndex - a.datasetIndex,
          callbacks: {
            label: ({ dataset, parsed }) => `${dataset.label ?? ''}: ${parsed.x?.toFixed(2) ?? ''}`,
          },
          ...{ backgroundColor: look.ink, titleColor: look.paper, bodyColor: look.paper },
          ...{ titleFont: font, bodyFont: font, displayColors: false, padding: 10 },
        },
      },
      scales: {
        x: {
          position: 'top',
          beginAtZero: true,
          border: { display: false },
          grid: { color: look.line, drawTicks: false },
          ticks: { color: look.soft, font, padding: 8, maxTicksLimit: 6 },
        },
        y: {
          border: { display: false },
          grid: { display: false },
          // The names keep their room on a phone, where the library would cut them.
          afterFit(scale) {
            const { ctx } = scale.chart;
            ctx.font = `650 ${look.fontPixels}px ${look.family}`;
            scale.width = Math.max(...labels.map((label) => ctx.measureText(label).width)) + 14;
          },
          ticks: {
            autoSkip: false,
            color: ({ index }) => (rows[index]?.role === 'bound' ? look.soft : look.ink),
            font: ({ index }) => ({ ...font, weight: isPaper[index] ? 650 : 400 }),
          },
        },
      },
    },
    plugins: [valueLabels(series, digits, look)],
  };
}

/** Writes the last value of each row beside its mark, on the side where the other mark is not. */
function valueLabels(
  series: readonly ChartSeries[],
  digits: number,
  look: ChartLook,
): Plugin<'bar' | 'line'> {
  return {
    id: 'value-labels',
    afterDatasetsDraw({ ctx, scales: { x, y } }) {
      if (!x || !y) return;
      ctx.save();
      ctx.fillStyle = look.soft;
      ctx.font = `${look.fontPixels * 0.92}px ${look.family}`;
      ctx.textBaseline = 'middle';
      const rowCount = series[0]?.values.length ?? 0;
      for (let row = 0; row < rowCount; row += 1) {
        const present = series.flatMap(({ values }) => values[row] ?? []);
        const shown = present.at(-1);
        if (shown === undefined) continue;
        const side = shown < Math.max(...present) ? -1 : 1;
        ctx.textAlign = side < 0 ? 'right' : 'left';
        const left = x.getPixelForValue(shown) + side * look.fontPixels * 0.8;
        ctx.fillText(shown.toFixed(digits), left, y.getPixelForValue(row));
      }
      ctx.restore();
    },
  };
}
