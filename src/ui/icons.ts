import arrowRight from 'lucide-static/icons/arrow-right.svg?raw';
import audioLines from 'lucide-static/icons/audio-lines.svg?raw';
import check from 'lucide-static/icons/check.svg?raw';
import chevronLeft from 'lucide-static/icons/chevron-left.svg?raw';
import chevronRight from 'lucide-static/icons/chevron-right.svg?raw';
import close from 'lucide-static/icons/x.svg?raw';
import cpu from 'lucide-static/icons/cpu.svg?raw';
import download from 'lucide-static/icons/download.svg?raw';
import eye from 'lucide-static/icons/eye.svg?raw';
import flask from 'lucide-static/icons/flask-conical.svg?raw';
import folderOpen from 'lucide-static/icons/folder-open.svg?raw';
import layers from 'lucide-static/icons/layers.svg?raw';
import lock from 'lucide-static/icons/lock-keyhole.svg?raw';
import palette from 'lucide-static/icons/palette.svg?raw';
import maximize from 'lucide-static/icons/maximize.svg?raw';
import pointer from 'lucide-static/icons/pointer.svg?raw';
import repeat from 'lucide-static/icons/repeat.svg?raw';
import moon from 'lucide-static/icons/moon.svg?raw';
import pause from 'lucide-static/icons/pause.svg?raw';
import play from 'lucide-static/icons/play.svg?raw';
import skipBack from 'lucide-static/icons/skip-back.svg?raw';
import skipForward from 'lucide-static/icons/skip-forward.svg?raw';
import stop from 'lucide-static/icons/square.svg?raw';
import sun from 'lucide-static/icons/sun.svg?raw';
import trash from 'lucide-static/icons/trash-2.svg?raw';
import triangleAlert from 'lucide-static/icons/triangle-alert.svg?raw';
import upload from 'lucide-static/icons/upload.svg?raw';
import videoOff from 'lucide-static/icons/video-off.svg?raw';
import volume from 'lucide-static/icons/volume-2.svg?raw';
import volumeOff from 'lucide-static/icons/volume-x.svg?raw';
import { html, svg, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';

const sources = {
  arrowRight,
  audioLines,
  check,
  chevronLeft,
  chevronRight,
  close,
  cpu,
  download,
  eye,
  flask,
  folderOpen,
  layers,
  lock,
  maximize,
  moon,
  palette,
  pause,
  play,
  pointer,
  repeat,
  skipBack,
  skipForward,
  stop,
  sun,
  trash,
  triangleAlert,
  upload,
  videoOff,
  volume,
  volumeOff,
};

/** An icon of the Lucide set, for the eye only: the control around it carries the name. */
export function icon(name: keyof typeof sources): TemplateResult {
  return html`<span class="icon" aria-hidden="true">${unsafeHTML(sources[name])}</span>`;
}

/** The mark of the page: a tally of five, its last stroke in highlighter. */
export function tallyMark(): TemplateResult {
  return html`<svg class="tally" viewBox="0 0 32 32" fill="none" aria-hidden="true">
    ${svg`<path d="M7 6v20M13 6v20M19 6v20M25 6v20" stroke="currentColor" stroke-width="2.75"
      stroke-linecap="round"/><path d="M2.5 23.5 29.5 8.5" stroke="var(--accent)" stroke-width="4.5"
      stroke-linecap="round"/>`}
  </svg>`;
}
