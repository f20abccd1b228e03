import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  Tooltip,
  type Plugin,
} from 'chart.js';
import type { ChartLook } from '../leaderboard-chart';

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);

export interface BarsContent {
  readonly labels: readonly string[];
  /** Null: nothing to show there. */
  readonly values: readonly (number | null)[];
  /** What is written above each bar. */
  readonly words: readonly string[];
  /** A tooltip's line for each bar. */
  readonly notes: readonly string[];
  /** The bars that have the accent. */
  readonly marked: readonly boolean[];
  /** The top of the scale; null: as the values are. */
  readonly most: number | null;
}

/** Draws onto `canvas`, which must lie alone in a positioned box. */
export function drawBars(
  canvas: HTMLCanvasElement,
  content: BarsContent,
  look: ChartLook,
): { destroy(): void } {
  const font = { family: look.family, size: look.fontPixels };
  const { labels, values, words, notes, marked, most } = content;
  return new Chart(canvas, {
    type: 'bar',
    data: {
      labels: [...labels],
      datasets: [
        {
          data: [...values],
          backgroundColor: marked.map((own) => (own ? look.mark : look.ink)),
          borderColor: look.ink,
          borderWidth: marked.map((own) => (own ? 1.5 : 0)) as unknown as number,
          borderRadius: 3,
          maxBarThickness: 3.2 * look.fontPixels,
          categoryPercentage: 0.86,
        },
      ],
    },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      animation: false,
      layout: { padding: { top: look.fontPixels * 1.8 } },
      interaction: { mode: 'index', intersect: false },
      plugins: {
        tooltip: {
          callbacks: { label: ({ dataIndex }) => notes[dataIndex] ?? '' },
          ...{ backgroundColor: look.ink, titleColor: look.paper, bodyColor: look.paper },
          ...{ titleFont: font, bodyFont: font, displayColors: false, padding: 10 },
        },
      },
      scales: {
        x: {
          border: { color: look.strong },
          grid: { display: false },
          ticks: { color: look.soft, font, maxRotation: 0, autoSkipPadding: 6 },
        },
        y: {
          beginAtZero: true,
          ...(most !== null && { max: most }),
          border: { display: false },
          grid: { color: look.line, drawTicks: false },
          ticks: { color: look.soft, font, padding: 8, maxTicksLimit: 5, precision: 0 },
        },
      },
    },
    plugins: [barWords(words, look)],
  });
}

function barWords(words: readonly string[], look: ChartLook): Plugin<'bar'> {
  return {
    id: 'bar-words',
    afterDatasetsDraw(chart) {
      const { ctx } = chart;
      ctx.save();
      ctx.fillStyle = look.soft;
      ctx.font = `${look.fontPixels * 0.92}px ${look.family}`;
      ctx.textAlign = 'center';
      ctx.textBaseline = 'bottom';
      chart.getDatasetMeta(0).data.forEach((bar, at) => {
        const { x, y } = bar.getProps(['x', 'y'], true) as { x: number | null; y: number | null };
        const floor = chart.scales['y']?.bottom ?? 0;
        const top = y !== null && Number.isFinite(y) ? y : floor;
        if (x !== null) ctx.fillText(words[at] ?? '', x, top - 3);
      });
      ctx.restore();
    },
  };
}
