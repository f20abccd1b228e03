import addMark from 'lucide-static/icons/plus.svg?raw';
import appWindow from 'lucide-static/icons/app-window.svg?raw';
import arrowRight from 'lucide-static/icons/arrow-right.svg?raw';
import audioLines from 'lucide-static/icons/audio-lines.svg?raw';
import check from 'lucide-static/icons/check.svg?raw';
import chevronDown from 'lucide-static/icons/chevron-down.svg?raw';
import chevronLeft from 'lucide-static/icons/chevron-left.svg?raw';
import chevronRight from 'lucide-static/icons/chevron-right.svg?raw';
import close from 'lucide-static/icons/x.svg?raw';
import copy from 'lucide-static/icons/copy.svg?raw';
import cpu from 'lucide-static/icons/cpu.svg?raw';
import download from 'lucide-static/icons/download.svg?raw';
import externalLink from 'lucide-static/icons/external-link.svg?raw';
import eye from 'lucide-static/icons/eye.svg?raw';
import film from 'lucide-static/icons/film.svg?raw';
import fileBraces from 'lucide-static/icons/file-braces.svg?raw';
import flask from 'lucide-static/icons/flask-conical.svg?raw';
import footprints from 'lucide-static/icons/footprints.svg?raw';
import folderOpen from 'lucide-static/icons/folder-open.svg?raw';
import captions from 'lucide-static/icons/captions.svg?raw';
import hardDrive from 'lucide-static/icons/hard-drive.svg?raw';
import keyboard from 'lucide-static/icons/keyboard.svg?raw';
import layers from 'lucide-static/icons/layers.svg?raw';
import link from 'lucide-static/icons/link.svg?raw';
import lock from 'lucide-static/icons/lock-keyhole.svg?raw';
import mic from 'lucide-static/icons/mic.svg?raw';
import micOff from 'lucide-static/icons/mic-off.svg?raw';
import maximize from 'lucide-static/icons/maximize.svg?raw';
import minimize from 'lucide-static/icons/minimize.svg?raw';
import palette from 'lucide-static/icons/palette.svg?raw';
import pointer from 'lucide-static/icons/pointer.svg?raw';
import repeat from 'lucide-static/icons/repeat.svg?raw';
import moon from 'lucide-static/icons/moon.svg?raw';
import pause from 'lucide-static/icons/pause.svg?raw';
import pencil from 'lucide-static/icons/pencil.svg?raw';
import play from 'lucide-static/icons/play.svg?raw';
import share from 'lucide-static/icons/share-2.svg?raw';
import redo from 'lucide-static/icons/redo-2.svg?raw';
import restore from 'lucide-static/icons/rotate-ccw.svg?raw';
import skipBack from 'lucide-static/icons/skip-back.svg?raw';
import skipForward from 'lucide-static/icons/skip-forward.svg?raw';
import shieldCheck from 'lucide-static/icons/shield-check.svg?raw';
import stop from 'lucide-static/icons/square.svg?raw';
import sun from 'lucide-static/icons/sun.svg?raw';
import table from 'lucide-static/icons/table-2.svg?raw';
import trash from 'lucide-static/icons/trash-2.svg?raw';
import triangleAlert from 'lucide-static/icons/triangle-alert.svg?raw';
import undo from 'lucide-static/icons/undo-2.svg?raw';
import upload from 'lucide-static/icons/upload.svg?raw';
import video from 'lucide-static/icons/video.svg?raw';
import videoOff from 'lucide-static/icons/video-off.svg?raw';
import volume from 'lucide-static/icons/volume-2.svg?raw';
import volumeOff from 'lucide-static/icons/volume-x.svg?raw';
import zoomIn from 'lucide-static/icons/zoom-in.svg?raw';
import zoomOut from 'lucide-static/icons/zoom-out.svg?raw';
import { html, svg, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';

const sources = {
  addMark,
  appWindow,
  arrowRight,
  audioLines,
  captions,
  check,
  chevronDown,
  chevronLeft,
  chevronRight,
  close,
  copy,
  cpu,
  download,
  externalLink,
  eye,
  film,
  fileBraces,
  flask,
  folderOpen,
  footprints,
  hardDrive,
  keyboard,
  layers,
  link,
  lock,
  mic,
  micOff,
  maximize,
  minimize,
  moon,
  palette,
  pause,
  pencil,
  play,
  redo,
  pointer,
  repeat,
  share,
  restore,
  shieldCheck,
  skipBack,
  skipForward,
  stop,
  sun,
  table,
  trash,
  triangleAlert,
  undo,
  upload,
  video,
  videoOff,
  volume,
  volumeOff,
  zoomIn,
  zoomOut,
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
