// The faults of the page, as a list of sentences: texts that overlap, are cut or have too little contrast, and a page that scrolls sideways.
// It measures below the element that the selector names.
(selector) => {
  const contrastNeeded = 4.5; // WCAG 2.2, 1.4.3, for text of normal size
  const root = document.querySelector(selector);
  const page = document.documentElement;
  const faults = [];
  const tell = (kind, text, more) => faults.push(`${kind}: ${JSON.stringify(text.trim().replace(/\s+/g, ' ').slice(0, 60))} ${more}`.trim());

  const style = new Map();
  const styleOf = element => { if (!style.has(element)) style.set(element, getComputedStyle(element)); return style.get(element); };
  const ancestors = element => { const all = []; for (let e = element; e; e = e.parentElement) all.push(e); return all; };

  const isShown = element => element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })
    // Texts for screen readers are put into a box of a pixel, or clipped to nothing.
    && !ancestors(element).some(e => { const box = e.getBoundingClientRect(); return styleOf(e).overflow === 'hidden' && box.width <= 1 || styleOf(e).clipPath === 'inset(50%)'; });

  const texts = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement;
    if (!node.data.trim() || ['SCRIPT', 'STYLE', 'NOSCRIPT', 'TITLE', 'title', 'style', 'OPTION'].includes(element.tagName) || !isShown(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = element.ownerSVGElement ? [element.getBoundingClientRect()] : [...range.getClientRects()];
    for (const box of boxes) if (box.width > 1 && box.height > 1) texts.push({ node, element, text: node.data, box });
  }

  // A text is cut by what hides its overflow, and what scrolls shows the rest of it.
  const clips = value => value === 'hidden' || value === 'clip';
  const scrolls = value => value === 'auto' || value === 'scroll';
  for (const text of texts) {
    let { left, right, top, bottom } = text.box, reachable = { x: true, y: true }, cut = false, scrolled = false;
    for (const e of ancestors(text.element)) {
      if (e === page || e === document.body) continue;
      const { overflowX, overflowY } = styleOf(e), box = e.getBoundingClientRect();
      const svgEnds = e.tagName === 'svg' && overflowX !== 'visible';
      if (scrolls(overflowX) && reachable.x) { left = Math.max(left, box.left); right = Math.min(right, box.right); scrolled = true; }
      if (scrolls(overflowY) && reachable.y) { top = Math.max(top, box.top); bottom = Math.min(bottom, box.bottom); scrolled = true; }
      if ((clips(overflowX) || svgEnds) && left < right && (left < box.left - 1.5 || right > box.right + 1.5)) cut = true;
      if ((clips(overflowY) || svgEnds) && top < bottom && (top < box.top - 3 || bottom > box.bottom + 3)) cut = true;
    }
    if (cut) tell('cut', text.text, 'by what is around it');
    if (left < right && (right > page.clientWidth + 1 || left < -1)) tell('cut', text.text, `by the edge of the page: it is at ${Math.round(left)} to ${Math.round(right)} of ${page.clientWidth}`);
    text.seen = { left, right, top, bottom };
  }

  // What one can click without a text of its own, such as a sign, has to be on the page too.
  const scrolledInto = e => ancestors(e.parentElement).some(around => around !== page && around !== document.body && scrolls(styleOf(around).overflowX));
  for (const e of root.querySelectorAll('a[href], button')) {
    const box = e.getBoundingClientRect();
    if (e.textContent.trim() || box.width <= 1 || !isShown(e) || scrolledInto(e)) continue;
    if (box.right > page.clientWidth + 1 || box.left < -1) tell('cut', e.ariaLabel || e.className || e.tagName, `by the edge of the page: it is at ${Math.round(box.left)} to ${Math.round(box.right)} of ${page.clientWidth}`);
  }

  // Boxes of lines reach a little above and below their letters.
  const inner = ({ left, right, top, bottom }) => { const slack = (bottom - top) * 0.2; return { left: left + 1, right: right - 1, top: top + slack, bottom: bottom - slack }; };
  const boxes = texts.map(text => ({ ...text, ...inner(text.seen) })).filter(b => b.left < b.right && b.top < b.bottom).sort((a, b) => a.top - b.top);
  boxes.forEach((a, at) => {
    for (let next = at + 1; next < boxes.length && boxes[next].top < a.bottom; next++) {
      const b = boxes[next];
      if (a.node !== b.node && a.left < b.right && b.left < a.right) tell('overlap', a.text, `and ${JSON.stringify(b.text.trim().slice(0, 60))}`);
    }
  });

  // Chromium paints the color, so that each way to write one is read.
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  canvas.canvas.width = canvas.canvas.height = 1;
  const rgba = new Map();
  const color = value => {
    if (!rgba.has(value)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = value;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      rgba.set(value, [r, g, b, a / 255]);
    }
    return rgba.get(value);
  };
  const over = ([r, g, b, a], below) => [r, g, b].map((value, at) => value * a + below[at] * (1 - a)).concat(1);
  const drawnBelow = text => [...text.element.ownerSVGElement.querySelectorAll('rect')].filter(shape => {
    const box = shape.getBoundingClientRect();
    return shape.compareDocumentPosition(text.element) & Node.DOCUMENT_POSITION_FOLLOWING && styleOf(shape).fill !== 'none'
      && box.left <= text.box.left && box.right >= text.box.right && box.top <= text.box.top && box.bottom >= text.box.bottom;
  }).at(-1);
  const ground = text => {
    const layers = [];
    if (text.element.ownerSVGElement) { const shape = drawnBelow(text); if (shape) layers.push(color(styleOf(shape).fill)); }
    for (const e of ancestors(text.element)) layers.push(color(styleOf(e).backgroundColor));
    const bottom = matchMedia('(prefers-color-scheme: dark)').matches && styleOf(page).colorScheme.includes('dark') ? [18, 18, 18, 1] : [255, 255, 255, 1];
    return layers.reverse().reduce((below, layer) => over(layer, below), bottom);
  };
  const luminance = ([r, g, b]) => [r, g, b].map(value => value / 255).map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    .reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at], 0);
  const judge = (text, ink, below) => {
    const [light, dark] = [luminance(over(ink, below)), luminance(below)].sort((a, b) => b - a);
    const contrast = (light + 0.05) / (dark + 0.05);
    if (contrast < contrastNeeded) tell('contrast', text, `has ${contrast.toFixed(2)}, rgb(${over(ink, below).slice(0, 3).map(Math.round)}) on rgb(${below.slice(0, 3).map(Math.round)})`);
  };
  for (const text of texts) {
    const opacity = ancestors(text.element).reduce((all, e) => all * styleOf(e).opacity, 1);
    const [r, g, b, a] = color(text.element.ownerSVGElement ? styleOf(text.element).fill : styleOf(text.element).webkitTextFillColor);
    judge(text.text, [r, g, b, a * opacity], ground(text));
  }
  for (const input of root.querySelectorAll('input[placeholder]')) {
    if (isShown(input)) judge(input.placeholder, color(getComputedStyle(input, '::placeholder').color), ground({ element: input }));
  }

  if (page.scrollWidth > page.clientWidth) tell('sideways', document.title, `is ${page.scrollWidth} wide in a window of ${page.clientWidth}`);
  if (texts.length === 0) tell('empty', document.title, `has no text in ${selector}`);
  return [...new Set(faults)];
}
