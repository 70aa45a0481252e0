// Compiles assets/thinice.scss into the style sheet that is committed, leaving out what ThinIce never uses.
// Run it with `npm ci && npm run assets`, look at the difference, and commit the result.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as sass from 'sass';
import { bodyShapes } from './body.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'src/ThinIce.Web/wwwroot/thinice.css');
const largest = 105_000;

// Classes (by the start of their name) that no page uses: old names kept by the framework for its
// own past, variants we do not have, and the icons of scripts we do not load. Need one? Delete its line.
const unused = [
  'action-link', 'back-link--', 'body-m', 'button--brand', 'button--login', 'button--reverse',
  'button--secondary-solid', 'button--small', 'button--icon', 'button-group--small', 'button__', 'caption',
  'card--care__heading', 'card--primary', 'card--secondary', 'card__action', 'card__content--',
  'card__heading--feature', 'card__img', 'details--reverse', 'do-dont-list', 'error-summary__title',
  'fieldset__legend--xl', 'frontend-supported', 'heading-xxs', 'icon--chevron', 'icon--search', 'icon--size',
  'icon--user', 'icon__', 'image', 'input--code', 'input--large', 'input--search', 'input-wrapper--large', 'input__',
  'label--xl', 'lede-text', 'link--no-underline', 'link--reverse', 'link--text-colour', 'link-image', 'list--border',
  'scroll', 'table--responsive', 'table--reverse', 'table--sort', 'table--striped', 'table-responsive',
  'table__caption--xl', 'table__heading-tab', 'table__panel', 'table__sort', 'u-clear', 'u-display-none-from',
  'u-display-none-until', 'u-float', 'u-font-size-26', 'u-font-size-36', 'u-font-size-48', 'u-font-size-64',
  'u-font-code', 'u-font-monospace', 'u-font-size-14', 'u-font-size-22', 'u-frontend', 'u-list-border',
  'u-one-', 'u-three-', 'u-two-', 'input-wrapper', 'link--no-visited-state', 'list--cross', 'list--tick', 'radios--small',
  'section-break', 'summary-list__actions', 'table__caption', 'width-container-fluid', 'card--clickable', 'card-group', 'u-margin-left', 'u-margin-right', 'u-padding', 'u-static', 'u-width',
  'warning-callout',
].map(name => `nhsuk-${name}`);

/** Whether a selector is for such a class, for a class nobody sets, or for an icon inside a link or button: ours have none. */
function isUnused(selector) {
  const bare = selector.replace(/:not\([^()]*\)/g, '');
  const names = bare.match(/\.[\w-]+/g) ?? [];
  return names.some(name => unused.some(start => name.slice(1).startsWith(start)))
    || /nhsuk-u-([\w-]*static|margin-\d)|\^=nhsuk-caption|(link|button|card)\b[^>+~]* \.nhsuk-icon|\ba(:[\w-]+)? \.nhsuk-icon/.test(bare)
    || bare === ':root';
}

/** Splits at every separator that stands outside brackets and strings. */
function split(text, separator) {
  const parts = [];
  let depth = 0, quote = '', from = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quote) { if (c === '\\') i++; else if (c === quote) quote = ''; }
    else if (c === '"' || c === "'") quote = c;
    else if (c === '(' || c === '[') depth++;
    else if (c === ')' || c === ']') depth--;
    else if (c === separator && depth === 0) { parts.push(text.slice(from, i)); from = i + 1; }
  }
  return [...parts, text.slice(from)];
}

/** Reads minified CSS into { head, body } rules; body is text, or rules again inside an at-rule. */
function parse(css) {
  const rules = [];
  let depth = 0, quote = '', from = 0, open = 0;
  for (let i = 0; i < css.length; i++) {
    const c = css[i];
    if (quote) { if (c === '\\') i++; else if (c === quote) quote = ''; }
    else if (c === '"' || c === "'") quote = c;
    else if (c === '{' && depth++ === 0) open = i;
    else if (c === '}' && --depth === 0) {
      const head = css.slice(from, open), body = css.slice(open + 1, i);
      rules.push({ head, body: /^@(media|supports|container)/.test(head) ? parse(body) : body });
      from = i + 1;
    }
  }
  return rules;
}

/** Leaves out unused selectors, second ways of drawing for one kind of browser, pictures by address, and what is then empty. */
function trim(rules) {
  return rules.flatMap(({ head, body }) => {
    if (Array.isArray(body)) {
      const kept = trim(body);
      if (head === '@supports not (-ms-ime-align: auto)') return kept;
      const forAll = head.startsWith('@media') ? split(head, ',').filter(part => !part.includes('-ms-high-contrast')).join(',') : head;
      const isGone = !forAll || head.includes('-ms-high-contrast: none') || /screen[^\x20-\x7e]|caret-color|shape\(/.test(head);
      return isGone || !kept.length ? [] : [{ head: forAll, body: kept }];
    }
    if (head.startsWith('@')) return [{ head, body }];
    const selectors = split(head, ',').filter(selector => !isUnused(selector));
    const declarations = split(body, ';').filter(d => d && !/url\(|^(-ms-|-moz-|-webkit-(clip|mask))/.test(d));
    return selectors.length && declarations.length ? [{ head: selectors.join(','), body: declarations.join(';') }] : [];
  });
}

/** Puts neighbours with the same condition, or the same selector, into one; order stays as it is. */
function merge(rules) {
  const joined = [];
  for (const rule of rules) {
    const last = joined.at(-1);
    if (last && last.head === rule.head) last.body = Array.isArray(rule.body) ? [...last.body, ...rule.body] : `${last.body};${rule.body}`;
    else joined.push({ ...rule });
  }
  return joined.map(rule => (Array.isArray(rule.body) ? { ...rule, body: merge(rule.body) } : rule));
}

const short = head => head.replace(/^@media\s*(.*)$/, (_, condition) => `@media ${condition.replaceAll(': ', ':')}`);
const rounded = text => text.replace(/(\d*\.\d{4})\d+/g, '$1');
const print = rules => rules.map(({ head, body }) => `${short(head)}{${Array.isArray(body) ? print(body) : body}}`).join('');
const ascii = text => text.replace(/[^\x00-\x7f]/g, c => `\\${c.codePointAt(0).toString(16)} `);

const compiled = sass.compile(join(root, 'assets/thinice.scss'), {
  style: 'compressed', charset: false, loadPaths: [join(root, 'node_modules')], quietDeps: true,
});
const { version } = JSON.parse(await readFile(join(root, 'node_modules/nhsuk-frontend/package.json'), 'utf8'));
const note = `/* Built by assets/build.mjs from assets/thinice.scss; do not edit. Parts from nhsuk-frontend ${version}, MIT: licences/nhsuk-frontend.txt */\n`;
const css = `${note}${rounded(ascii(print(merge(trim(parse(compiled.css))))))}\n`;

const unwanted = [
  ['an address', /url\(|https?:|@import/i], ['a font file', /@font-face/i], ['the NHS font', /frutiger/i],
  ['the NHS blue', /#005eb8|#003087/i],
].filter(([, pattern]) => pattern.test(css)).map(([what]) => what);
if (unwanted.length) throw new Error(`The style sheet holds ${unwanted.join(', ')}.`);
if (css.length > largest) throw new Error(`The style sheet has ${css.length} bytes; at most ${largest} are wanted.`);

await mkdir(dirname(target), { recursive: true });
await writeFile(target, css);
console.log(`src/ThinIce.Web/wwwroot/thinice.css: ${css.length} bytes`);
await bodyShapes(root);
