// Makes the pages easier to use; each of them works without it. No library, nothing from elsewhere, nothing sent anywhere:
// the only thing it loads is the list of words, which is the same for everybody.
'use strict';
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  document.documentElement.classList.add('ti-script');
  for (const part of all('[data-script]')) part.hidden = false;

  // A touch on the figure is a touch on the check box of that region.
  for (const shape of all('.ti-regions polygon')) {
    shape.addEventListener('click', () => {
      const box = document.querySelector(`input[data-region="${shape.dataset.region}"]`);
      if (box) box.checked = !box.checked;
      shape.classList.remove('is-marked');
    });
  }
  // After the first change the boxes alone say what is marked.
  for (const list of all('.ti-regions')) {
    const follow = () => all('.is-marked', list).forEach(shape => shape.classList.remove('is-marked'));
    if (CSS.supports('selector(:has(a))')) follow();
  }

  // Words of the vocabulary that begin as the line does.
  const place = document.querySelector('meta[name="ti-words"]')?.content;
  let words;
  const load = () => { words ??= fetch(place).then(reply => (reply.ok ? reply.json() : {})).catch(() => ({})); return words; };
  const most = 4;

  /** The part of the text that is being written, and where it begins. */
  function line(field) {
    const before = field.value.slice(0, field.selectionStart);
    const from = Math.max(before.lastIndexOf('\n'), before.lastIndexOf(';')) + 1;
    const rest = field.value.slice(from);
    const end = rest.search(/[\n;]/);
    return { from, to: end < 0 ? field.value.length : from + end, text: before.slice(from).trimStart().toLowerCase() };
  }

  function find(list, text) {
    if (text.length < 2 || list.some(word => word.toLowerCase() === text)) return [];
    const starts = list.filter(word => word.toLowerCase().startsWith(text));
    const inside = starts.length < most ? list.filter(word => word.toLowerCase().includes(` ${text}`)) : [];
    return [...new Set([...starts, ...inside])].slice(0, most);
  }

  for (const field of all('[data-suggest]')) {
    if (!place) break;
    field.addEventListener('focus', load, { once: true });
    const shown = document.createElement('div');
    shown.className = 'ti-suggest';
    shown.setAttribute('role', 'group');
    shown.setAttribute('aria-label', document.querySelector('meta[name="ti-suggest"]').content);
    field.after(shown);
    const leave = event => { if (event.relatedTarget !== field && !shown.contains(event.relatedTarget)) shown.replaceChildren(); };
    field.addEventListener('focusout', leave);
    shown.addEventListener('focusout', leave);
    field.addEventListener('input', async () => {
      const list = (await load())[field.dataset.suggest] ?? [];
      shown.replaceChildren(...find(list, line(field).text).map(word => {
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = word;
        button.addEventListener('click', () => {
          const { from, to } = line(field);
          field.value = `${field.value.slice(0, from)}${word}${field.value.slice(to)}`;
          shown.replaceChildren();
          field.focus();
          field.setSelectionRange(from + word.length, from + word.length);
        });
        return button;
      }));
    });
  }

  for (const button of all('[data-print]')) button.addEventListener('click', () => window.print());
  for (const button of all('[data-copy]')) {
    button.addEventListener('click', async () => {
      const text = document.getElementById(button.dataset.copy);
      try {
        await navigator.clipboard.writeText(text.textContent);
        button.parentElement.querySelector('[role="status"]').textContent = button.dataset.done;
      } catch {
        window.getSelection().selectAllChildren(text);
      }
    });
  }
})();
