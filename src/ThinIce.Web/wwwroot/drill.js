// The clock of the drill. It only counts: nothing ends, nothing is sent but the seconds with the form, nothing is kept.
const clock = document.getElementById('clock');
const form = document.getElementById('decide');
if (clock && form) {
  const limit = 30;
  const begun = Date.now();
  const passed = () => Math.floor((Date.now() - begun) / 1000);
  const words = document.createElement('span');
  const bar = document.createElement('progress');
  const hide = document.createElement('button');
  const over = document.createElement('p');
  bar.max = limit;
  bar.setAttribute('aria-hidden', 'true');
  words.setAttribute('aria-hidden', 'true');
  hide.type = 'button';
  hide.className = 'ti-clock__hide';
  hide.textContent = clock.dataset.hide;
  over.setAttribute('role', 'status');
  clock.append(bar, words, hide, over);
  clock.hidden = false;
  const tick = () => {
    const seconds = Math.min(passed(), limit);
    bar.value = seconds;
    words.textContent = clock.dataset.seconds.replace('{0}', String(seconds));
    if (seconds === limit) {
      over.textContent = clock.dataset.over;
      clearInterval(timer);
    }
  };
  const timer = setInterval(tick, 500);
  tick();
  hide.addEventListener('click', () => {
    clearInterval(timer);
    clock.remove();
  });
  form.addEventListener('submit', () => {
    const seconds = document.createElement('input');
    seconds.type = 'hidden';
    seconds.name = 'seconds';
    seconds.value = String(Math.max(1, passed()));
    form.append(seconds);
  });
}
